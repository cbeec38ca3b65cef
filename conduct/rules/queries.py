from .models import Edition, Rule


def current_edition(at):
    """The edition in force at that moment, or None before the first."""
    return Edition.objects.filter(published_at__lte=at).order_by("-published_at", "-id").first()


def rules_of(edition):
    return Rule.objects.filter(edition=edition)


def rules_before(edition, step, traits):
    """The gates and checks that are asked before `step` of a visit with these traits, in the catalogue's order."""
    asked = Rule.objects.filter(edition=edition, before=step, enforce__in=["gate", "check"])
    return [rule for rule in asked if set(rule.when) <= set(traits)]

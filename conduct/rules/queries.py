from django.db.models import Q

from conduct.people.access import Permission
from conduct.people.models import Staff
from conduct.trail.queries import trail_of

from .models import Acknowledgement, Edition, Rule
from .states import Enforcement, stages_to_read


def current_edition(at):
    """The edition in force at that moment, or None before the first."""
    published = Edition.objects.exclude(published_at=None)
    return published.filter(valid_from__lte=at).order_by("-valid_from", "-id").first()


def editions_for(user):
    """Editions that this person may open: drafts are for who edits them."""
    if user.may(Permission.EDIT_RULES):
        return Edition.objects.all()
    return Edition.objects.exclude(published_at=None) if user.may(Permission.SEE_RULES) else Edition.objects.none()


def drafts_for(user):
    """What may still be edited."""
    return editions_for(user).filter(published_at=None) if user.may(Permission.EDIT_RULES) else Edition.objects.none()


def last_change(edition):
    """The newest line of the trail about a draft, or None."""
    return trail_of(edition).first()


def writings(rule):
    """The lines of the trail that wrote into a rule of a draft as it stands now, newest first."""
    return trail_of(rule.edition).filter(Q(verb="edition.imported") | Q(verb__in=["rule.added", "rule.changed"], data__code=rule.code))


def rules_of(edition):
    return Rule.objects.filter(edition=edition)


def rules_before(edition, step, traits):
    """The gates and checks that are asked before `step` of a visit with these traits, in the catalogue's order."""
    asked = Rule.objects.filter(edition=edition, before=step, enforce__in=["gate", "check"])
    return [rule for rule in asked if set(rule.when) <= set(traits)]


def briefing(edition, roles):
    """The rules of an edition that somebody with these roles reads and acknowledges, in their order."""
    return Rule.objects.filter(edition=edition, enforce=Enforcement.BRIEF, stage__in=stages_to_read(roles)).order_by("position")


def to_read(edition, staff):
    """What of it this person has not acknowledged yet."""
    return briefing(edition, staff.roles).exclude(pk__in=Acknowledgement.objects.filter(staff=staff).values("rule"))


def readers(edition):
    """[(person, read, to read), …] of everybody who works here and has something to read, who lacks most first. Three queries."""
    rules = list(Rule.objects.filter(edition=edition, enforce=Enforcement.BRIEF).values_list("pk", "stage"))
    done = {}
    for staff, rule in Acknowledgement.objects.filter(rule__edition=edition).values_list("staff", "rule"):
        done.setdefault(staff, set()).add(rule)
    rows = []
    for person in Staff.objects.filter(is_active=True).prefetch_related("staff_roles").order_by("name"):
        stages = stages_to_read({row.role for row in person.staff_roles.all()})
        asked = {rule for rule, stage in rules if stage in stages}
        if asked:
            rows.append((person, len(asked & done.get(person.pk, set())), len(asked)))
    return sorted(rows, key=lambda row: row[1] - row[2])

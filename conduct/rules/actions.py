from django.db import transaction

from conduct.trail import actions as trail

from .models import Edition, Rule

FIELDS = ("position", "zh", "en", "stage", "before", "enforce", "evidence", "severity", "source", "when", "by_text")


@transaction.atomic
def load_edition(*, code, rules, by, at):
    """Make or refresh the edition `code` from checked rows (catalogue.read) and publish it. Returns it.

    Loading the same rows again changes nothing. Rules that left the catalogue leave the edition.
    """
    edition, is_new = Edition.objects.get_or_create(code=code, defaults={"published_at": at})
    rows = [_row(edition, position, rule) for position, rule in enumerate(rules, 1)]
    edition.rules.exclude(code__in=[row.code for row in rows]).delete()
    Rule.objects.bulk_create(rows, update_conflicts=True, unique_fields=["edition", "code"], update_fields=FIELDS)
    if is_new:
        trail.note(verb="edition.published", subject=edition, by=by, at=at, code=code, rules=len(rows))
    return edition


def _row(edition, position, rule):
    return Rule(
        edition=edition,
        position=position,
        code=rule["code"],
        zh=rule["zh"],
        en=rule["en"],
        stage=rule["stage"],
        before=rule.get("before", ""),
        enforce=rule["enforce"],
        evidence=rule.get("evidence", "none"),
        severity=rule["severity"],
        source=rule["source"],
        when=rule.get("when", []),
        by_text=rule.get("by", ""),
    )

from .models import Evidence, Ruling, Violation
from .states import ViolationState

NOBODY = "–"
ENDED = (ViolationState.RULED, ViolationState.SETTLED, ViolationState.WITHDRAWN)


def violations_before(moment):
    """Breaches with a decision that were registered before that moment and still say what happened, oldest first."""
    rows = Violation.objects.filter(state__in=ENDED, registered_at__lt=moment)
    return rows.exclude(text=NOBODY, sight="").order_by("registered_at", "id")


def blank(*, violations):
    """What happened, what was answered and the reasons go; rule, ruling and days stay. Returns (how many, files that are free now)."""
    rows = Violation.objects.filter(pk__in=list(violations.values_list("pk", flat=True)))
    evidence = Evidence.objects.filter(violation__in=rows).select_related("file")
    files = [row.file for row in evidence]
    evidence.delete()
    Ruling.objects.filter(violation__in=rows).update(reason=NOBODY)
    for name in ("answer", "appeal", "withdrawn_reason"):
        rows.exclude(**{name: ""}).update(**{name: NOBODY})
    return rows.update(text=NOBODY, sight="", facts={}), files

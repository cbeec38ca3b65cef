from .models import ClockEntry, Leave

NOBODY = "–"


def hours_before(moment):
    return ClockEntry.objects.filter(at__lt=moment).order_by("at", "id")


def leaves_before(moment):
    """Leave that ended before that moment and still says why."""
    return Leave.objects.filter(end__lt=moment).exclude(reason=NOBODY).order_by("end", "id")


def drop_hours(*, hours):
    """Returns how many there were."""
    return ClockEntry.objects.filter(pk__in=list(hours.values_list("pk", flat=True))).delete()[0]


def blank_leaves(*, leaves):
    """Who was away and when stays for the sheets; why, and who consented, goes."""
    rows = Leave.objects.filter(pk__in=list(leaves.values_list("pk", flat=True)))
    rows.exclude(consent_name="").update(consent_name=NOBODY, consent_note="")
    return rows.update(reason=NOBODY, ended_reason="")

from django.db.models import F

from .models import NumberSeries


def next_number(prefix, year=None, *, width=6):
    """The next number of a series, such as "VR-2026-000001", or "C-0001" for a series without years.

    Gap-free: it is taken inside the caller's transaction, and a rollback gives it back. Until that
    transaction ends others of the same series wait.
    """
    key = f"{prefix}-{year}" if year else prefix
    series = NumberSeries.objects.filter(key=key)
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(key=key)
        series.update(last=F("last") + 1)
    return f"{key}-{series.values_list('last', flat=True).get():0{width}d}"

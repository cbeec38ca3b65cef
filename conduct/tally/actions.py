from django.db.models import F

from .models import Count


def count(*, measure, day, value=1, engineer="", customer=""):
    """Add `value` (negative to take back) in the caller's transaction. Safe under concurrent callers.

    `engineer` and `customer` are numbers such as "E-001"; `day` is a date in the site's zone.
    """
    key = {"day": day, "measure": measure, "engineer": engineer, "customer": customer}
    if not Count.objects.filter(**key).update(value=F("value") + value):
        Count.objects.get_or_create(**key)
        Count.objects.filter(**key).update(value=F("value") + value)

import datetime

from django.db import models
from django.db.models import F, Q


class Leased(models.Model):
    """Work that one worker carries at a time. `fence` grows with each claim; a worker whose claim ended writes nothing."""

    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def claim(obj, *, at, seconds, **conditions):
    """Take the lease of `obj` for `seconds`. Returns the fencing number, or None when somebody else holds it.

    `conditions` narrow the claim, such as `state="queued"`.
    """
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    rows = type(obj)._base_manager.filter(free, pk=obj.pk, fence=obj.fence, **conditions)
    if not rows.update(lease_until=at + datetime.timedelta(seconds=seconds), fence=F("fence") + 1):
        return None
    obj.refresh_from_db()
    return obj.fence


def fenced(obj, fence):
    """The row of `obj` as long as the claim numbered `fence` is the last one: update this and nothing else."""
    return type(obj)._base_manager.filter(pk=obj.pk, fence=fence)

"""An engineer is never booked twice for overlapping times.

PostgreSQL: an exclusion constraint (migration 0002) decides. SQLite: a check inside the writing transaction, which is
IMMEDIATE and therefore alone. Both end in the same words.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError

from .queries import overlapping

CONSTRAINT = "visit_engineer_booked_once"


class AlreadyBooked(DomainError):
    """Somebody else took this engineer's time. The message names the visit and its times."""


@contextmanager
def taking_time_of(engineer, start, end, *, besides=None):
    """Write the booking inside this block. Raises AlreadyBooked when the time is taken, before or at the write."""
    refuse_overlap(engineer, start, end, besides)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if CONSTRAINT not in str(error):
            raise
        refuse_overlap(engineer, start, end, besides)
        raise AlreadyBooked(_("Somebody was faster: this time was taken a moment ago."), field="planned_start") from error


def refuse_overlap(engineer, start, end, besides):
    other = overlapping(engineer=engineer, start=start, end=end, besides=besides).select_related("order__customer").first()
    if other is None:
        return
    taken = list(other.plan_versions.select_related("by").order_by("-version")[:1])
    raise AlreadyBooked(
        _("%(engineer)s is already booked: %(visit)s, %(customer)s, %(start)s to %(end)s, arranged by %(who)s.")
        % {
            "engineer": engineer,
            "visit": other.number,
            "customer": other.order.customer,
            "start": timezone.localtime(other.planned_start).strftime("%Y-%m-%d %H:%M"),
            "end": timezone.localtime(other.planned_end).strftime("%Y-%m-%d %H:%M"),
            "who": taken[0].by if taken and taken[0].by else _("the system"),
        },
        field="planned_start",
    )

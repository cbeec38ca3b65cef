"""An engineer is never booked twice for overlapping times.

PostgreSQL: an exclusion constraint (migration 0002) decides. SQLite: a check inside the writing transaction, which is
IMMEDIATE and therefore alone. Both end in the same words.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.attendance.queries import away
from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.people.models import Engineer
from conduct.people.queries import hold

from .queries import overlapping

CONSTRAINT = "visit_engineer_booked_once"


class AlreadyBooked(DomainError):
    """Somebody else took this engineer's time. The message names the visit and its times."""


class OnLeave(DomainError):
    """The engineer has leave at that time."""


@contextmanager
def taking_time_of(engineer, start, end, *, besides=None):
    """Write the booking inside this block. Raises OnLeave, or AlreadyBooked when the time is taken, before
    or at the write."""
    hold(engineer.staff)
    refuse_away(engineer, start, end)
    refuse_overlap(engineer, start, end, besides)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if CONSTRAINT not in str(error):
            raise
        refuse_overlap(engineer, start, end, besides)
        raise AlreadyBooked(_("Somebody was faster: this time was taken a moment ago."), field="planned_start") from error


def refuse_away(engineer, start, end):
    """Approved leave blocks appointments, whole days of it a visit of two hours as well."""
    leave = away(engineer.staff, start, end).first()
    if leave is None:
        return
    facts = {"kind": leave.get_kind_display(), "start": _shown(leave.start), "end": _shown(leave.end), "engineer": engineer}
    raise OnLeave(_("%(engineer)s is on leave (%(kind)s), %(start)s to %(end)s.") % facts, field="planned_start")


def refuse_barred(engineer, start, site):
    """A ruling bars to a day, that day included; asked of the database, because it may be younger than what is in hand."""
    until = Engineer.objects.filter(pk=engineer.pk).values_list("barred_until", flat=True).first()
    if until and until >= day_of(start, site.time_zone):
        said = _("%(engineer)s gets no visits until %(day)s.") % {"engineer": engineer, "day": until}
        raise DomainError(said, field="engineer")


def _shown(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


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
            "start": _shown(other.planned_start),
            "end": _shown(other.planned_end),
            "who": taken[0].by if taken and taken[0].by else _("the system"),
        },
        field="planned_start",
    )

import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals import actions as approvals
from conduct.approvals.queries import approvals_about
from conduct.approvals.states import ApprovalState
from conduct.base.days import day_of, month_days
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import hold, people_with_role
from conduct.tally import actions as tally
from conduct.trail import actions as trail

from . import engagements
from .models import ClockEntry, Leave
from .queries import entries_of_day, leave_by_month, leave_minutes, standing_leaves
from .states import ClockKind, LeaveKind, LeaveState

ORIGIN = "leave"
LONGEST = datetime.timedelta(days=370)
BACK = datetime.timedelta(days=40)


@transaction.atomic
def clock(*, kind, by, at):
    """The person presses "in" or "out" now. Raises DomainError when that was pressed last already."""
    hold(by)
    last = entries_of_day(by, day_of(at, by.time_zone), by.time_zone).last()
    if last and last.kind == kind:
        since = last.at.astimezone(ZoneInfo(by.time_zone))
        raise DomainError(_("You did that already today, at %(time)s.") % {"time": f"{since:%H:%M}"})
    if kind == ClockKind.OUT and last is None:
        raise DomainError(_("You did not clock in today. Enter the forgotten time below, then clock out."))
    return ClockEntry.objects.create(staff=by, kind=kind, at=at, entered_at=at)


@transaction.atomic
def add_forgotten(*, kind, moment, reason, by, at):
    """A time that somebody forgot to press, within the last 40 days. It is marked as entered later."""
    if moment > at:
        raise DomainError(_("This time is still to come."), field="moment")
    if moment < at - BACK:
        raise DomainError(_("This is too long ago; ask the administration."), field="moment")
    if ClockEntry.objects.filter(staff=by, kind=kind, at=moment, struck_at=None).exists():
        raise DomainError(_("This time stands there already."), field="moment")
    entry = ClockEntry.objects.create(staff=by, kind=kind, at=moment, reason=reason, entered_at=at)
    trail.note(verb="attendance.entered_later", subject=entry, by=by, at=at, kind=kind, start=moment.isoformat(), reason=reason)
    return entry


@transaction.atomic
def strike(*, entry, reason, by, at):
    """An entry does not count; it stays to be seen."""
    facts = {"struck_at": at, "struck_by": by, "struck_reason": reason}
    if not ClockEntry.objects.filter(pk=entry.pk, struck_at=None).update(**facts):
        raise ForbiddenMove(_("This entry was struck already."))
    trail.note(verb="attendance.struck", subject=entry, by=by, at=at, kind=entry.kind, start=entry.at.isoformat(), reason=reason)


@transaction.atomic
def ask_leave(*, kind, start, end, reason, site=None, by, at):
    """Ask for leave in [start, end). At a customer's `site` the customer's consent comes first, else the line manager is asked.

    Raises DomainError: begun already (only sick leave may begin today), no working time in it, or leave there already.
    """
    _check_span(kind, start, end, by, at)
    hold(by)
    other = standing_leaves(by, start, end).first()
    if other:
        raise DomainError(
            _("%(number)s covers some of this time already (%(state)s).")
            % {"number": other.number, "state": other.get_state_display()},
            field="first_day",
        )
    minutes = leave_minutes(start, end)
    if not minutes:
        raise DomainError(_("There is no working time in this span, so no leave is needed."), field="first_day")
    leave = Leave.objects.create(
        number=next_number("L", day_of(at, by.time_zone).year), staff=by, kind=kind, start=start, end=end, zone=by.time_zone,
        reason=reason, site=site, minutes=minutes, asked_at=at, state=LeaveState.CONSENT if site else LeaveState.ASKED,
    )  # fmt: skip
    trail.note(verb="leave.asked", subject=leave, by=by, at=at, kind=kind, start=start.isoformat(), end=end.isoformat())
    if not site:
        _ask_for_approval(leave, by, at)
    return leave


@transaction.atomic
def note_consent(*, leave, consent_name, consent_way, consent_note="", by, at):
    """Who at the customer's agreed, and how. The line manager is asked now."""
    consent = {"consent_name": consent_name, "consent_way": consent_way, "consent_note": consent_note, "consent_at": at}
    move(leave, LeaveState.ASKED, **consent)
    trail.note(verb="leave.consented", subject=leave, by=by, at=at, name=consent_name, channel=consent_way, note=consent_note)
    _ask_for_approval(leave, by, at)


@transaction.atomic
def withdraw(*, leave, by, at):
    """Take a request back before it is decided. Raises ForbiddenMove afterwards."""
    if leave.state == LeaveState.CONSENT:
        _end(leave, LeaveState.WITHDRAWN, "", by, at)
        return
    waiting = approvals_about(origin=ORIGIN, reference=leave.number).filter(state=ApprovalState.ASKED).first()
    if waiting is None:
        raise ForbiddenMove(_("This is decided already. Cancel the leave instead."))
    approvals.withdraw(approval=waiting, by=by, at=at)
    leave.refresh_from_db()


@transaction.atomic
def cancel(*, leave, reason, by, at):
    """An approved leave is not taken, or not to its end; the time is free again. Raises DomainError once it is over."""
    if leave.end <= at:
        raise DomainError(_("This leave is over."))
    _end(leave, LeaveState.CANCELLED, reason, by, at)


@transaction.atomic
def settle(*, approval, by, at):
    """What the answer to the request does: approved leave blocks appointments, and clashing visits are pointed out."""
    leave = Leave.objects.select_related("staff__department").get(number=approval.reference)
    to = {"approved": LeaveState.APPROVED, "refused": LeaveState.REFUSED, "withdrawn": LeaveState.WITHDRAWN}[approval.state]
    hold(leave.staff)
    _end(leave, to, approval.decision[:300], by, at)
    if to == LeaveState.APPROVED:
        _point_out_clashes(leave, at)


def _check_span(kind, start, end, by, at):
    if end <= start:
        raise DomainError(_("The leave ends before it begins."), field="last_day")
    if end - start > LONGEST:
        raise DomainError(_("Longer than a year: arrange this with the administration."), field="last_day")
    begins_today = kind == LeaveKind.SICK and day_of(start, by.time_zone) >= day_of(at, by.time_zone)
    if start < at and not begins_today:
        raise DomainError(_("Leave is asked for beforehand; only sick leave may begin today."), field="first_day")


def _ask_for_approval(leave, by, at):
    """Of the line manager, else the head of the department, else whoever is manager."""
    department = leave.staff.department
    leaders = [leave.staff.line_manager, department.head if department else None]
    leader = next((one for one in leaders if one and one.is_active and one.pk != leave.staff_id), None)
    asked = {"asked_of": leader} if leader else {"asked_of_role": Role.MANAGER}
    subject = f"{leave.number} · {leave.staff.name} · {leave.span}"
    facts = {"kind": "leave", "origin": ORIGIN, "reference": leave.number, "subject": subject, "reason": leave.reason}
    approvals.ask(url=leave.get_absolute_url(), by=by, at=at, **facts, **asked)


def _end(leave, to, reason, by, at):
    move(leave, to, ended_reason=reason)
    _count(leave)
    trail.note(verb=f"leave.{to}", subject=leave, by=by, at=at, reason=reason)


def _count(leave):
    """What an approved leave adds to each month that it touches."""
    where = {"person": leave.staff.username, "department": leave.staff.department_id}
    for month, hundredths in leave_by_month(leave).items():
        measures = {"leave.days_hundredths": hundredths if leave.state == LeaveState.APPROVED else 0}
        day = max(month_days(month)[0], day_of(leave.start, leave.zone))
        tally.post(kind="leave", number=leave.number, part=month, day=day, measures=measures, **where)


def _point_out_clashes(leave, at):
    """Dispatchers learn which open visits fall into an approved leave."""
    clashes = [
        one for one in engagements.between([leave.staff_id], leave.start, leave.end).get(leave.staff_id, ()) if one.is_open
    ]
    if clashes:
        names = ", ".join(one.label for one in clashes)
        facts = {"who": leave.staff.name, "things": names[:200]}
        tell(to=people_with_role(Role.DISPATCHER), code="leave.clashes", about=leave.number, url=clashes[0].url, at=at, **facts)

"""Reporting and sorting. What a technician does stands in repairing.py, how a ticket ends in closing.py."""

import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.sentences import in_each_language
from conduct.files.actions import store_photo
from conduct.trail import actions as trail

from . import ordering
from .models import Deadline, RepairTicket, TicketPhoto
from .queries import repeated_by
from .settling import policy_given, policy_in_force, rule_for, settle
from .states import Quadrant, TicketState, TurnedAway
from .telling import tell_technician, tell_triagers
from .timing import work_out

MAX_PHOTOS = 5


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def report(*, equipment, fault, photos=(), by, at, **facts):
    """Somebody says that something is broken. Returns (ticket, token): the token makes the reporter's private link.

    `photos` are uploads, at most five. They are read and encoded again before the transaction begins, so that nobody else
    waits for pictures. `facts` are those of `enter`. Raises DomainError.
    """
    if len(photos) > MAX_PHOTOS:
        raise DomainError(_("At most %(count)d photos fit one report.") % {"count": MAX_PHOTOS}, field="photos")
    files = [(_stored(upload, by, at), "") for upload in photos]
    return enter(equipment=equipment, fault=fault, files=files, by=by, at=at, **facts)


def _stored(upload, by, at):
    try:
        return store_photo(upload=upload, by=by, at=at)
    except DomainError as error:
        raise DomainError(error.message, field="photos") from error


@transaction.atomic
def enter(
    *,
    equipment,
    fault,
    source,
    disturbance,
    reporter=None,
    reporter_name,
    reporter_contact="",
    is_personal=False,
    files=(),
    by,
    at,
):
    """Enter a ticket whose photos, `files` as (file, caption), are kept already. See `report`."""
    _refuse_unreportable(equipment, is_personal)
    token = secrets.token_urlsafe(32)
    policy = policy_in_force(at=at)
    ticket = RepairTicket.objects.create(
        number=next_number("RT", day_of(at, equipment.site.time_zone).year),
        equipment=equipment,
        is_teaching=equipment.is_teaching,
        source=source,
        fault=fault,
        disturbance=disturbance,
        reporter=reporter,
        reporter_name=reporter_name,
        reporter_contact=reporter_contact,
        follow_sha256=hash_of(token),
        repeat_of=repeated_by(equipment, months=policy.repeat_months, at=at),
        reported_at=at,
    )
    TicketPhoto.objects.bulk_create(TicketPhoto(ticket=ticket, file=file, caption=caption[:200]) for file, caption in files)
    settle(ticket, at=at)
    trail.note(verb="ticket.reported", subject=ticket, by=by, at=at, source=source, photos=len(files), equipment=equipment.number)
    tell_triagers(ticket, "ticket.reported", at=at, equipment=equipment.name)
    return ticket, token


def _refuse_unreportable(equipment, is_personal):
    if is_personal:
        raise DomainError(
            _(
                "Thank you for asking. Personal devices are outside the repair service, so no ticket was made; "
                "a service point of the maker can help."
            ),
            field="is_personal",
        )
    if not equipment.is_active:
        raise DomainError(_("This equipment is no longer in use."), field="equipment")


@transaction.atomic
def sort(*, ticket, quadrant, reason="", by_waiting=False, seen_version=None, by, at):
    """Put a ticket into a quadrant, which works its deadlines out; again for one that was sorted before.

    The first time counts from the report, a second one from `at`, needs a reason, and keeps the old deadlines.
    `by_waiting` says that it became urgent only because it waited. Raises DomainError without working time or reason,
    ForbiddenMove when somebody else was faster or the ticket is no longer open.
    """
    is_first = ticket.state == TicketState.REPORTED
    if not is_first:
        _check_again(ticket, quadrant, reason, seen_version)
    changes = {"quadrant": quadrant, "triaged_at": at, "triaged_by": by}
    if is_first:
        move(ticket, TicketState.TRIAGED, first_quadrant=quadrant, **changes)
    else:
        if by_waiting and quadrant in Quadrant.URGENT_ONES and not ticket.grew_urgent_at:
            changes["grew_urgent_at"] = at
        _change(ticket, **changes)
    before = ticket.finish_due_at
    set_deadlines(ticket, due_from=ticket.reported_at if is_first else at, reason=reason, by=by, at=at)
    verb = "ticket.sorted" if is_first else "ticket.sorted_again"
    facts = {"quadrant": quadrant, "reason": reason, "due": iso(ticket.finish_due_at), "due_before": iso(before)}
    trail.note(verb=verb, subject=ticket, by=by, at=at, **{key: value for key, value in facts.items() if value})
    if ticket.assigned_to:
        tell_technician(ticket, "ticket.sorted_again", at=at, quadrant=in_each_language(ticket.get_quadrant_display))
    return ticket


def _check_again(ticket, quadrant, reason, seen_version):
    if not ticket.is_open:
        raise ForbiddenMove(_("This ticket is “%(state)s” and is not sorted any more.") % {"state": ticket.get_state_display()})
    if seen_version is not None and seen_version != ticket.seen_version:
        raise ForbiddenMove(_("Somebody else sorted this ticket meanwhile. Please look again."))
    if quadrant == ticket.quadrant:
        raise DomainError(_("The ticket is in this quadrant already."), field="quadrant")
    if not reason.strip():
        raise DomainError(_("Say why it is sorted anew: the reporter's deadline changes."), field="reason")


def _change(ticket, **changes):
    """Write `changes` as long as the ticket is what this page saw: its state and the version of its deadlines."""
    rows = RepairTicket.objects.filter(pk=ticket.pk, state=ticket.state, seen_version=ticket.seen_version)
    if not rows.update(**changes):
        raise ForbiddenMove(_("Somebody else sorted this ticket meanwhile. Please look again."))
    for name, value in changes.items():
        setattr(ticket, name, value)


def set_deadlines(ticket, *, due_from, policy=None, reason, by, at):
    """Work the deadlines out and keep them as the next version; the ticket carries the last one.

    Under `policy`, or the one in force. A pause that is under way holds the clock: then the ticket has no deadline until it ends.
    """
    policy = policy or policy_in_force(at=at)
    rule = rule_for(ticket, policy)
    due = work_out(ticket=ticket, rule=rule, due_from=due_from)
    version = Deadline.objects.create(
        ticket=ticket,
        version=ticket.seen_version + 1,
        quadrant=ticket.quadrant,
        policy=policy,
        due_from=due_from,
        answer_due_at=due["answer"].due_at,
        finish_due_at=due["finish"].due_at,
        unofficial_years=sorted({*due["answer"].deadline.unofficial, *due["finish"].deadline.unofficial}),
        reason=reason,
        at=at,
        by=by,
    )
    changes = {
        "seen_version": version.version,
        "due_from": due_from,
        **{f"{name}_soon_at": span.soon_at for name, span in due.items()},
        **{f"{name}_due_at": span.due_at for name, span in due.items()},
    }
    _change(ticket, **changes)
    settle(ticket, at=at)


@transaction.atomic
def work_out_anew(*, ticket, reason, by, at):
    """The same deadline under the same policy, because the clock stood still or the calendar is another one now."""
    given = policy_given(ticket, at=at)
    set_deadlines(ticket, due_from=ticket.due_from, policy=given, reason=reason, by=by, at=at)


@transaction.atomic
def turn_away(*, ticket, turned_away_for, duplicate_of=None, note="", by, at):
    """Politely: a personal device, something reported already, nothing wrong, or not for this service. The ticket ends."""
    if (turned_away_for == TurnedAway.DUPLICATE) != bool(duplicate_of):
        raise DomainError(_("Name the ticket that reports the same fault, and only then."), field="duplicate_of")
    if duplicate_of and duplicate_of.pk == ticket.pk:
        raise DomainError(_("A ticket cannot repeat itself."), field="duplicate_of")
    ordering.drop_question(ticket=ticket, by=by, at=at)
    facts = {"turned_away_for": turned_away_for, "duplicate_of": duplicate_of, "feedback": note, "closed_at": at}
    move(ticket, TicketState.TURNED_AWAY, **facts)
    settle(ticket, at=at)
    trail.note(verb="ticket.turned_away", subject=ticket, by=by, at=at, reason=turned_away_for, note=note)


@transaction.atomic
def add_photos(*, ticket, files, by, at):
    """More pictures of the same fault; `files` are (file, caption), kept already."""
    TicketPhoto.objects.bulk_create(
        [TicketPhoto(ticket=ticket, file=file, caption=caption[:200]) for file, caption in files], ignore_conflicts=True
    )
    trail.note(verb="ticket.photos_added", subject=ticket, by=by, at=at, photos=len(files))


def iso(moment):
    return moment.isoformat(timespec="minutes") if moment else ""

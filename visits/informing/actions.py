from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of, iso_minutes
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from .models import CustomerNotice
from .states import Cause, InformState


@transaction.atomic
def delayed(*, visit, entry, new_time, reason, by, at):
    """The engineer comes later: the dispatchers hear at once, and one of them tells the customer. `entry` is the id of the entry."""
    needed = _need(visit, Cause.DELAY, entry=entry, new_time=new_time, reason=reason, by=by, at=at)
    shown = iso_minutes(new_time, visit.order.site.time_zone)[:16].replace("T", " ")
    facts = {"customer": str(visit.order.customer), "who": by.name, "time": shown, "reason": reason}
    tell(to=people_with_role(Role.DISPATCHER), code="visit.delayed", about=visit.number, url=visit.get_absolute_url(), at=at, **facts)
    return needed


@transaction.atomic
def changed(*, visit, by, at):
    """What the customer had agreed to was changed: `visit` follows a confirmed one that was called off, or moved once more since."""
    _replace(visit.previous, Cause.CHANGE, at)
    return _need(visit, Cause.CHANGE, reason=visit.previous.cancel_reason, by=by, at=at)


@transaction.atomic
def drop(*, visit, entry, at):
    """The engineer took a notice of delay back."""
    _replace(visit, Cause.DELAY, at, entry=entry)


def _need(visit, cause, *, by, at, **facts):
    """An older notice of the same cause that did not get through is replaced."""
    _replace(visit, cause, at)
    number = next_number("CN", day_of(at, visit.order.site.time_zone).year)
    needed = CustomerNotice.objects.create(number=number, visit=visit, cause=cause, asked_at=at, asked_by=by, **facts)
    trail.note(verb="visit.customer_to_tell", subject=visit, by=by, at=at, about=number, cause=cause)
    return needed


def _replace(visit, cause, at, **which):
    for older in visit.customer_notices.filter(cause=cause, state__in=InformState.UNTOLD, **which):
        move(older, InformState.REPLACED)


@transaction.atomic
def note(*, notice, outcome, told_at, told_to="", told_how, remedy="", by, at):
    """Note a call to the customer: `outcome` is told or not_reached, `told_at` when it was.

    Raises DomainError for what lacks or lies ahead, ForbiddenMove when a colleague was faster.
    """
    if told_at > at:
        raise DomainError(_("This time lies in the future."), field="told_at")
    if outcome == InformState.TOLD and not told_to:
        raise DomainError(_("Say who was told."), field="told_to")
    if outcome == InformState.TOLD and notice.cause == Cause.CHANGE and not remedy:
        raise DomainError(_("Say what we offer for it; “nothing, agreed” is an answer too."), field="remedy")
    facts = {"told_at": told_at, "told_to": told_to, "told_how": told_how, "remedy": remedy}
    move(notice, outcome, **facts, noted_at=at, noted_by=by)
    trail.note(verb=f"visit.customer_{outcome}", subject=notice.visit, by=by, at=at, about=notice.number, to=told_to, how=told_how, remedy=remedy)

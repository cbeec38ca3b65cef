from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from .models import Waiver
from .queries import named_item
from .states import WaiverState


@transaction.atomic
def claim(*, entry, by, at):
    """The engineer noted who at headquarters agreed that an item is not delivered: the technical manager confirms it in writing.

    Noted again for the same item, the question is put again.
    """
    visit, position = entry.visit, int(entry.payload["scope_item"])
    waiver = Waiver.objects.filter(visit=visit, position=position).first()
    if waiver is None:
        number = next_number("NC", day_of(at, visit.order.site.time_zone).year)
        waiver = Waiver.objects.create(number=number, visit=visit, position=position, entry=entry, raised_at=at, raised_by=by)
    else:
        facts = {"entry": entry, "raised_at": at, "raised_by": by, "decided_at": None, "decided_by": None, "decision": ""}
        _ask_again(waiver, facts)
    trail.note(verb="waiver.claimed", subject=waiver, by=by, at=at, visit=visit.number, scope_item=named_item(waiver))
    facts = {"customer": visit.order.customer.name, "who": entry.payload["confirmed_name"]}
    tell(
        to=people_with_role(Role.TECHNICAL_MANAGER),
        code="waiver.claimed",
        about=visit.number,
        url=waiver.get_absolute_url(),
        at=at,
        **facts,
    )
    return waiver


def _ask_again(waiver, facts):
    if waiver.state == WaiverState.WAITING:
        Waiver.objects.filter(pk=waiver.pk).update(**facts)
    else:
        move(waiver, WaiverState.WAITING, **facts)


@transaction.atomic
def drop(*, entry, by, at):
    """The item is done after all: nothing is left to confirm."""
    for waiver in Waiver.objects.filter(visit=entry.visit, position=int(entry.payload["scope_item"])).exclude(
        state=WaiverState.DROPPED
    ):
        move(waiver, WaiverState.DROPPED)
        trail.note(verb="waiver.dropped", subject=waiver, by=by, at=at, visit=entry.visit.number)


@transaction.atomic
def decide(*, waiver, to, decision="", by, at):
    """The technical manager's word in writing: confirmed, or contested with a reason.

    Raises ForbiddenMove when somebody was faster, DomainError without a reason.
    """
    if to == WaiverState.CONTESTED and not decision.strip():
        raise DomainError(_("Say what is to be done instead."), field="decision")
    move(waiver, to, decided_at=at, decided_by=by, decision=decision.strip())
    trail.note(verb=f"waiver.{to}", subject=waiver, by=by, at=at, visit=waiver.visit.number, reason=waiver.decision)
    people = {waiver.visit.engineer.staff, *people_with_role(Role.DISPATCHER)} - {by}
    facts = {"customer": waiver.visit.order.customer.name}
    tell(to=people, code=f"waiver.{to}", about=waiver.visit.number, url=waiver.get_absolute_url(), at=at, **facts)

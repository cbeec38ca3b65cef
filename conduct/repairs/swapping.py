"""A spare in the place of what is repaired. The loan itself is kept by conduct.spares, under our number."""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.spares import actions as spares
from conduct.spares.queries import open_loans_about
from conduct.trail import actions as trail

from . import repairing
from .settling import settle
from .states import TicketState

ORIGIN = "ticket"


def loan_of(ticket):
    """The spare that stands in the ticket's place now, or None."""
    return open_loans_about(origin=ORIGIN, reference=ticket.number).first()


@transaction.atomic
def put_spare(*, ticket, spare, back_by, note="", by, at):
    """Put a spare in the place of the broken thing, which is repaired meanwhile. Raises DomainError for one that is lent."""
    if loan_of(ticket):
        raise ForbiddenMove(_("A spare stands in its place already."))
    move(ticket, TicketState.ON_SPARE, had_spare=True)
    loan = spares.lend(
        spare=spare,
        borrower=ticket.reporter_name,
        where=ticket.equipment.site.name,
        back_by=back_by,
        origin=ORIGIN,
        reference=ticket.number,
        url=ticket.get_absolute_url(),
        note=note,
        by=by,
        at=at,
    )
    settle(ticket, at=at)
    trail.note(verb="ticket.on_spare", subject=ticket, by=by, at=at, spare=spare.number, reference=loan.number)


@transaction.atomic
def take_spare_back(*, ticket, media="", broken=False, note="", by, at):
    """The spare goes back before the thing is repaired, because something else needs it."""
    _give_back(ticket, media, broken, note, by, at)
    move(ticket, TicketState.ASSIGNED)
    settle(ticket, at=at)
    trail.note(verb="ticket.off_spare", subject=ticket, by=by, at=at, media=media, note=note)


@transaction.atomic
def restore(*, ticket, media="", broken=False, note="", by, at, **facts):
    """Repaired, put back in its place, and the spare, if there was one, is back: `facts` are those of `repairing.repaired`."""
    if loan_of(ticket):
        _give_back(ticket, media, broken, note, by, at)
    repairing.repaired(ticket=ticket, by=by, at=at, **facts)


def _give_back(ticket, media, broken, note, by, at):
    loan = loan_of(ticket)
    if loan is None:
        raise DomainError(_("No spare stands in its place."))
    spares.give_back(loan=loan, media=media, broken=broken, note=note, by=by, at=at)

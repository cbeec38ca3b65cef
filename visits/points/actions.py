from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import ForbiddenMove
from conduct.repairs import actions as repairs
from conduct.repairs.states import Source
from conduct.trail import actions as trail

from .models import PointTicket
from .queries import points_of


@transaction.atomic
def raise_ticket(*, entry, equipment, fault, disturbance, photos=(), by, at):
    """An open point becomes a repair ticket with the photos of the visit: the same kept files, so none is lost.

    `photos` are (file, caption). The reporter is the engineer who wrote the point. Raises ForbiddenMove when the point has
    its ticket already or was withdrawn.
    """
    point = points_of(entry.visit).filter(pk=entry.pk).first()
    if point is None or hasattr(point, "point_ticket"):
        raise ForbiddenMove(_("This point was withdrawn, or has its ticket already."))
    author = entry.author
    ticket, _token = repairs.enter(
        equipment=equipment,
        fault=fault,
        source=Source.VISIT,
        disturbance=disturbance,
        reporter=author,
        reporter_name=author.name,
        reporter_contact=author.telephone or author.email,
        files=list(photos),
        by=by,
        at=at,
    )
    PointTicket.objects.create(entry=entry, ticket=ticket)
    trail.note(verb="visit.point_became_ticket", subject=entry.visit, by=by, at=at, entry=str(entry.pk), ticket=ticket.number)
    return ticket

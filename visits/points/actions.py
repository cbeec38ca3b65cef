import datetime
import itertools

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_bounds, day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.repairs import actions as repairs
from conduct.repairs.states import Source
from conduct.trail import actions as trail

from .models import Point, PointTicket
from .queries import points_of
from .states import PointState

# The evening of a day is seven o'clock: five hours before it ends.
EVENING = datetime.timedelta(hours=5)
# An evening that the house slept through is made up for within a week; older ones stand in the list.
CATCH_UP = datetime.timedelta(days=7)


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
    waiting = Point.objects.filter(entry=entry, state=PointState.OPEN).first()
    if waiting:
        report(point=waiting, how=ticket.number, by=by, at=at)
    trail.note(verb="visit.point_became_ticket", subject=entry.visit, by=by, at=at, entry=str(entry.pk), ticket=ticket.number)
    return ticket


@transaction.atomic
def noted(*, entry, by, at):
    """A request, an open point or a question of a record: a new one, one that was corrected, or one that was taken back.

    Whoever wrote it owns it. A question to headquarters is reported by being asked.
    """
    before = Point.objects.filter(entry=entry.corrects_id).first() if entry.corrects_id else None
    if entry.kind not in Point.KINDS:
        return before and before.is_waiting and move(before, PointState.WITHDRAWN)
    said = {"entry": entry, "kind": entry.kind, "text": entry.payload["text"]}
    if before:
        Point.objects.filter(pk=before.pk, state__in=PointState.WAITING).update(**said)
        return before
    zone, raised = entry.visit.order.site.time_zone, min(entry.device_at, at)
    asked = {"state": PointState.REPORTED, "reported_at": at, "reported_by": by} if entry.kind == "question" else {}
    day_ends = day_bounds(day_of(raised, zone), zone)[1]
    return Point.objects.create(visit=entry.visit, owner=entry.author, raised_at=raised, day_ends_at=day_ends, **said, **asked)


@transaction.atomic
def report(*, point, how, by, at):
    """It was reported to somebody; its owner still follows it. Raises ForbiddenMove when it is reported or closed already."""
    move(point, PointState.REPORTED, reported_how=how, reported_at=at, reported_by=by)
    _note("point.reported", point, by, at, how=how)


@transaction.atomic
def close(*, point, how, by, at):
    """It is dealt with: what became of it. Raises ForbiddenMove when somebody was faster."""
    move(point, PointState.CLOSED, closed_how=how, closed_at=at, closed_by=by)
    _note("point.closed", point, by, at, how=how)


@transaction.atomic
def answered(*, entry, answer, by, at):
    """Headquarters answered the question of this entry, which closes it."""
    waiting = Point.objects.filter(entry=entry, state__in=PointState.WAITING).first()
    if waiting:
        close(point=waiting, how=answer[:300], by=by, at=at)


@transaction.atomic
def hand_on(*, point, owner, by, at):
    """Somebody with a name takes it over, and hears so; until then whoever was asked first owned it. Raises DomainError once it is closed."""
    if not Point.objects.filter(pk=point.pk, state__in=PointState.WAITING).update(owner=owner):
        raise DomainError(_("This is dealt with already."))
    _note("point.handed_on", point, by, at, before=point.owner.username, owner=owner.username)
    point.owner = owner
    if point.state == PointState.OPEN:
        report(point=point, how=owner.name, by=by, at=at)
    if owner != by:
        facts = {"customer": str(point.visit.order.customer), "text": point.text[:80]}
        tell(to=owner, code="point.yours", about=point.visit.number, url=point.get_absolute_url(), at=at, **facts)


def _note(verb, point, by, at, **facts):
    trail.note(verb=verb, subject=point.visit, by=by, at=at, entry=str(point.entry_id), **facts)


@transaction.atomic
def remind(*, at):
    """In the evening of the site each owner hears once how much of the day nobody dealt with or reported; the dispatchers for who has left."""
    rows = Point.objects.filter(state=PointState.OPEN, day_ends_at__lte=at + EVENING, day_ends_at__gte=at - CATCH_UP)
    rows = rows.select_related("owner", "visit__order__site").order_by("owner_id", "day_ends_at", "id")
    for (owner, day), points in itertools.groupby(rows, key=lambda point: (point.owner, _day(point))):
        to = owner if owner.is_active else people_with_role(Role.DISPATCHER)
        facts = {"count": len(list(points)), "day": day.isoformat(), "who": owner.name}
        tell(to=to, code="point.evening", url="/points/?show=mine", once=f"points-{owner.pk}-{day}", at=at, **facts)


def _day(point):
    return day_of(point.raised_at, point.visit.order.site.time_zone)

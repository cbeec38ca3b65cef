import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.models import Staff
from conduct.people.queries import people_with_role
from conduct.stock import actions as stock
from conduct.stock.arithmetic import Line
from conduct.stock.models import Level
from conduct.stock.queries import levels_at
from conduct.stock.states import SlipKind
from conduct.trail import actions as trail

from .arithmetic import book_at
from .models import CountEntry, CountLine, Stocktaking
from .queries import ORIGIN, by_item, counted_a_difference, counters_of, differences, moved_meanwhile, open_at, uncounted
from .states import Cause, StocktakingState

S = StocktakingState


@dataclass(frozen=True)
class Clash:
    """Somebody else entered another number for this line since the page was opened."""

    line: CountLine

    @property
    def message(self):
        said = {"who": self.line.counted_by, "quantity": self.line.quantity}
        return _("%(who)s has entered %(quantity)d meanwhile. Count it together, then enter the number again.") % said


@transaction.atomic
def begin(*, place, note="", by, at):
    """Begin to count a place: one line for each item that ever lay there. Raises DomainError while it is being counted."""
    if not place.is_active:
        raise DomainError(_("This place is not used any more."), field="place")
    taken = DomainError(_("This place is being counted already."), field="place")
    if open_at([place]).exists():
        raise taken
    number = next_number("ST", day_of(at, company().time_zone).year)
    try:
        with transaction.atomic():
            stocktaking = Stocktaking.objects.create(number=number, place=place, note=note, begun_at=at, begun_by=by)
    except IntegrityError as error:
        raise taken from error
    items = Level.objects.filter(place=place, item__is_active=True).values_list("item_id", flat=True)
    CountLine.objects.bulk_create(CountLine(stocktaking=stocktaking, item_id=item) for item in items)
    trail.note(verb="stocktaking.begun", subject=stocktaking, by=by, at=at, place=place.name)
    return stocktaking


@transaction.atomic
def add(*, stocktaking, item, by, at):
    """Something lies there that is not on the list."""
    _hold(stocktaking, S.COUNTING)
    line, is_new = CountLine.objects.get_or_create(stocktaking=stocktaking, item=item)
    if not is_new:
        raise DomainError(_("This is on the list already."), field="item")
    trail.note(verb="stocktaking.added", subject=stocktaking, by=by, at=at, item=str(item))
    return line


@transaction.atomic
def enter(*, stocktaking, counted, counted_at=None, by, at):
    """Store what was counted: (line, quantity, version that the person saw) each. `counted_at` is when, now if not given.

    Returns (how many were stored, [Clash, …]): where somebody entered another number meanwhile nothing is overwritten. Raises
    DomainError when the counting has ended, or the moment is before its beginning or in the future.
    """
    _hold(stocktaking, S.COUNTING)
    when = counted_at or at
    if when > at:
        raise DomainError(_("This moment is still to come."), field="counted_at")
    if when < stocktaking.begun_at.replace(second=0, microsecond=0):
        raise DomainError(_("The counting had not begun then."), field="counted_at")
    stored, clashes = 0, []
    for line, quantity, version in counted:
        rows = CountLine.objects.filter(pk=line.pk, stocktaking=stocktaking)
        facts = {"quantity": quantity, "counted_at": when, "counted_by": by, "cause": "", "explanation": "", "book": None}
        if rows.filter(version=version).update(version=F("version") + 1, **facts):
            CountEntry.objects.create(line=line, quantity=quantity, counted_at=when, by=by, at=at)
            stored += 1
        elif (now := rows.select_related("counted_by").get()).quantity != quantity:
            clashes.append(Clash(now))
    if stored:
        trail.note(verb="stocktaking.counted", subject=stocktaking, by=by, at=at, count=stored)
    return stored, clashes


@transaction.atomic
def close(*, stocktaking, by, at):
    """Everything is counted: compare with the books as they were at the moment each line was counted. Returns the differences.

    Raises DomainError naming what nobody has counted yet.
    """
    _hold(stocktaking, S.COUNTING)
    if open_lines := list(uncounted(stocktaking)[:4]):
        names = ", ".join(str(line.item) for line in open_lines[:3]) + (" …" if len(open_lines) > 3 else "")
        raise DomainError(_("Nobody has counted these yet: %(items)s") % {"items": names})
    levels, moved = levels_at(stocktaking.place), by_item(moved_meanwhile(stocktaking))
    lines = list(stocktaking.lines.all())
    for line in lines:
        steps = [(movement.slip.at, movement.quantity) for movement in moved[line.item_id]]
        line.book = book_at(levels.get(line.item_id, 0), steps, line.counted_at)
    CountLine.objects.bulk_update(lines, ["book"], batch_size=500)
    move(stocktaking, S.COUNTED, closed_at=at, closed_by=by)
    found = list(differences(stocktaking))
    trail.note(verb="stocktaking.closed", subject=stocktaking, by=by, at=at, count=len(found))
    if found:
        facts = {"count": len(found), "place": stocktaking.place.name}
        bookers = (people_with_role(Role.MANAGER) | people_with_role(Role.STOREKEEPER)).exclude(pk=by.pk).distinct()
        tell(
            to=bookers,
            code="stocktaking.differences",
            about=stocktaking.number,
            url=stocktaking.get_absolute_url(),
            at=at,
            **facts,
        )
    return found


@transaction.atomic
def reopen(*, stocktaking, by, at):
    """Count on. What was entered stays; an explanation stays until its line is counted again."""
    move(stocktaking, S.COUNTING, closed_at=None, closed_by=None)
    stocktaking.lines.update(book=None)
    trail.note(verb="stocktaking.reopened", subject=stocktaking, by=by, at=at)


@transaction.atomic
def explain(*, stocktaking, said, by, at):
    """Say why lines differ: (line, cause, explanation) each."""
    _hold(stocktaking, S.COUNTED)
    for line, cause, explanation in said:
        CountLine.objects.filter(pk=line.pk, stocktaking=stocktaking).update(cause=cause, explanation=explanation)
        facts = {"item": str(line.item), "reason": str(Cause(cause).label), **({"note": explanation} if explanation else {})}
        trail.note(verb="stocktaking.explained", subject=stocktaking, by=by, at=at, **facts)


@transaction.atomic
def book(*, stocktaking, seen, note="", by, at):
    """Turn the differences into slips: one for what is missing, one for what is too many. Returns the slips, none when all is right.

    `seen` is how many movements meanwhile the person was shown. Raises DomainError for a difference without explanation or one
    that this person counted, ForbiddenMove when more has moved or somebody was faster, NotEnough when the slip would go below zero.
    """
    _hold(stocktaking, S.COUNTED)
    found = list(differences(stocktaking))
    _check(stocktaking, found, seen, by)
    move(stocktaking, S.BOOKED, ended_at=at, ended_by=by, ended_reason=note)
    slips = [
        _post(stocktaking, kind, [line for line in found if (line.difference < 0) == short], note, by, at)
        for kind, short in ((SlipKind.SHORT, True), (SlipKind.SURPLUS, False))
    ]
    slips = [slip for slip in slips if slip]
    numbers = ", ".join(slip.number for slip in slips)
    trail.note(verb="stocktaking.booked", subject=stocktaking, by=by, at=at, **({"slips": numbers} if numbers else {}))
    return slips


def _check(stocktaking, found, seen, by):
    now = moved_meanwhile(stocktaking).count()
    if now != seen:
        raise ForbiddenMove(_("Something moved while this page was open. Look at the differences again, then book."))
    if silent := [line for line in found if not line.cause]:
        names = ", ".join(str(line.item) for line in silent[:3]) + (" …" if len(silent) > 3 else "")
        raise DomainError(_("Say first why these differ: %(items)s") % {"items": names})
    if counted_a_difference(by, stocktaking):
        raise DomainError(_("You counted some of this yourself. Somebody else has to book the differences."))


def _post(stocktaking, kind, lines, note, by, at):
    """The slip of one kind, or None. Its id comes from the stock-taking: it can never be posted twice."""
    if not lines:
        return None
    rows = [Line(line.item, abs(line.difference), note=_why(line)) for line in lines]
    counters = "、".join(counters_of(stocktaking))[:80]
    places = {"taken_from": stocktaking.place} if kind == SlipKind.SHORT else {"put_to": stocktaking.place}
    slip, _is_new = stock.post(
        slip_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{stocktaking.number} {kind}"), kind=kind, lines=rows, reason=note, **places,
        origin=ORIGIN, reference=stocktaking.number, url=stocktaking.get_absolute_url(), giver_name=counters, taker_name=by.name,
        by=by, at=at,
    )  # fmt: skip
    return slip


def _why(line):
    words = str(Cause(line.cause).label)
    return f"{words}: {line.explanation}"[:60] if line.explanation else words


@transaction.atomic
def cancel(*, stocktaking, reason, by, at):
    """Nothing is booked, and the place can be counted anew."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    move(stocktaking, S.CANCELLED, ended_at=at, ended_by=by, ended_reason=reason.strip())
    trail.note(verb="stocktaking.cancelled", subject=stocktaking, by=by, at=at, reason=reason.strip())


@transaction.atomic
def notice_slip(*, slip, by, at):
    """A slip moves things at a place that is being counted: its items come onto the list, and who counts there is told."""
    if slip.origin == ORIGIN:
        return
    for stocktaking in open_at([place for place in (slip.taken_from, slip.put_to) if place]):
        items = slip.movements.filter(place=stocktaking.place).values_list("item_id", flat=True)
        if stocktaking.state == S.COUNTING:
            CountLine.objects.bulk_create(
                [CountLine(stocktaking=stocktaking, item_id=item) for item in sorted(set(items))], ignore_conflicts=True
            )
        counters = Staff.objects.filter(pk__in=stocktaking.lines.exclude(counted_by=None).values("counted_by"))
        people = (counters | Staff.objects.filter(pk=stocktaking.begun_by_id)).exclude(pk=by.pk)
        facts = {"place": stocktaking.place.name, "slip": slip.number, "who": by.name}
        tell(to=people, code="stocktaking.moved", about=stocktaking.number, url=stocktaking.get_absolute_url(), at=at, **facts)


def _hold(stocktaking, state):
    """Lock the stock-taking, so that entering and ending cannot pass each other. Raises ForbiddenMove when it is not `state`."""
    now = Stocktaking.objects.select_for_update().get(pk=stocktaking.pk)
    stocktaking.state = now.state
    if now.state != state:
        raise ForbiddenMove(
            _("This stock-taking is “%(state)s” by now. Nothing was changed.") % {"state": now.get_state_display()}
        )

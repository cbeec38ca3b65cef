import datetime
from zoneinfo import ZoneInfo

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

from .models import Promise
from .states import PromiseState

MORNING = datetime.time(8)
BEFORE = datetime.timedelta(days=1)
# A reminder that the house was asleep for is still given within a week; older ones stand in the list.
CATCH_UP = datetime.timedelta(days=7)


@transaction.atomic
def noted(*, entry, by, at):
    """A promise of a record: a new one, one that was corrected, or one that was taken back. What was settled stays settled."""
    before = Promise.objects.filter(entry=entry.corrects_id).first() if entry.corrects_id else None
    if entry.kind != "promise":
        return before and before.is_open and move(before, PromiseState.WITHDRAWN, settled_at=at, settled_by=by)
    said = {"entry": entry, "text": entry.payload["text"], "due": datetime.date.fromisoformat(entry.payload["due"])}
    if before:
        Promise.objects.filter(pk=before.pk, state=PromiseState.OPEN).update(**said)
        return before
    return _make(site=entry.visit.order.site, visit=entry.visit, owner=entry.author, by=by, at=at, **said)


@transaction.atomic
def make(*, site, text, due, owner, visit=None, by, at):
    """Headquarters promises something. Raises DomainError for a day that is past."""
    _check_due(site, due, at)
    return _make(site=site, visit=visit, text=text, due=due, owner=owner, by=by, at=at)


def _make(*, site, owner, by, at, **facts):
    number = next_number("PM", day_of(at, site.time_zone).year)
    promise = Promise.objects.create(number=number, site=site, owner=owner, made_at=at, made_by=by, **facts)
    trail.note(verb="promise.made", subject=promise, by=by, at=at, site=site.number, due=promise.due.isoformat(), owner=owner.username)
    if owner != by:
        _tell(promise, "promise.yours", at)
    return promise


def _check_due(site, due, at):
    if due < day_of(at, site.time_zone):
        raise DomainError(_("This day is past."), field="due")


@transaction.atomic
def settle(*, promise, outcome, why, by, at):
    """Kept or not kept, and how or why not. Raises ForbiddenMove when a colleague was faster."""
    move(promise, outcome, settled_why=why, settled_at=at, settled_by=by)
    trail.note(verb=f"promise.{outcome}", subject=promise, by=by, at=at, site=promise.site.number, note=why)


@transaction.atomic
def change(*, promise, text, due, agreed_with, why, by, at):
    """The customer agreed to something else or to another day. Returns the promise that follows; raises ForbiddenMove, DomainError."""
    _check_due(promise.site, due, at)
    if (text, due) == (promise.text, promise.due):
        raise DomainError(_("Neither the words nor the day differ."), field="due")
    move(promise, PromiseState.CHANGED, settled_why=why, agreed_with=agreed_with, settled_at=at, settled_by=by)
    trail.note(verb="promise.changed", subject=promise, by=by, at=at, agreed_with=agreed_with, note=why)
    return _make(site=promise.site, visit=promise.visit, previous=promise, text=text, due=due, owner=promise.owner, by=by, at=at)


@transaction.atomic
def hand_on(*, promise, owner, by, at):
    """Somebody else sees to it from now on, and hears so. Raises DomainError once it is settled."""
    if not Promise.objects.filter(pk=promise.pk, state=PromiseState.OPEN).update(owner=owner):
        raise DomainError(_("This promise is settled."))
    trail.note(verb="promise.handed_on", subject=promise, by=by, at=at, before=promise.owner.username, owner=owner.username)
    promise.owner = owner
    if owner != by:
        _tell(promise, "promise.yours", at)


@transaction.atomic
def remind(*, at):
    """Whoever has to keep a promise hears it once on the day before and once on the day itself, in the site's morning."""
    days = [day_of(at, zone) for zone in ("Pacific/Kiritimati", "Etc/GMT+12")]
    near = Promise.objects.filter(state=PromiseState.OPEN, due__lte=days[0] + BEFORE, due__gte=days[1] - CATCH_UP)
    for promise in near.select_related("site__customer", "owner"):
        local = at.astimezone(ZoneInfo(promise.site.time_zone))
        if local.time() >= MORNING and local.date() >= promise.due - BEFORE:
            which = "due" if local.date() >= promise.due else "soon"
            _tell(promise, f"promise.{which}", at, once=f"{promise.number}-{promise.due}-{which}")


def _tell(promise, code, at, once=None):
    """The owner; the dispatchers for one who has left."""
    to = promise.owner if promise.owner.is_active else people_with_role(Role.DISPATCHER)
    facts = {"customer": str(promise.site.customer), "day": promise.due.isoformat(), "text": promise.text[:80]}
    tell(to=to, code=code, about=promise.number, url=promise.get_absolute_url(), once=once, at=at, **facts)

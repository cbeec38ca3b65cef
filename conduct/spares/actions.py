import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.models import Staff
from conduct.tally import actions as tally
from conduct.trail import actions as trail

from .counting import measures_of
from .models import SpareLoan
from .queries import due_next, late, open_loan_of
from .states import SpareState

DAY = datetime.timedelta(days=1)


@transaction.atomic
def save_spare(*, spare, by, at):
    """Enter a spare or change what is known of it. It comes unsaved; its state is changed elsewhere."""
    verb = "spare.changed" if spare.pk else "spare.created"
    if spare.pk:
        spare.save(update_fields=["name", "category", "model", "serial", "place", "data_bearing", "note"])
    else:
        spare.number = next_number("SP", width=4)
        spare.save()
    trail.note(verb=verb, subject=spare, by=by, at=at, name=spare.name, place=spare.place.name)
    return spare


@transaction.atomic
def lend(*, spare, borrower, where, back_by, origin="", reference="", url="", note="", by, at):
    """Hand out a spare until the day `back_by`. `url` is a path to what it is lent for.

    Raises DomainError: on "spare" when it is lent already (with whom it is) or cannot be lent, on "back_by" when that day is past.
    """
    if back_by < _today(at):
        raise DomainError(_("This day is past."), field="back_by")
    try:
        move(spare, SpareState.LENT)
    except ForbiddenMove as error:
        raise DomainError(_why_not(spare) or error.message, field="spare") from error
    loan = SpareLoan.objects.create(
        number=next_number("LN", _today(at).year), spare=spare, from_place=spare.place, borrower=borrower, where=where,
        origin=origin, reference=reference, url=url, note=note, lent_at=at, lent_by=by, back_by=back_by,
    )  # fmt: skip
    _count(loan, at)
    facts = {"spare": spare.number, "borrower": borrower, "back_by": str(back_by)}
    facts |= {"about": reference} if reference else {}
    trail.note(verb="spare.lent", subject=loan, by=by, at=at, **facts)
    return loan


@transaction.atomic
def give_back(*, loan, media="", broken=False, note="", place=None, by, at):
    """The spare is back, to where it came from or to `place`. A broken one goes to repair instead of the shelf.

    Raises DomainError on "media" when it holds data and nobody says what became of them; ForbiddenMove when it is back already.
    """
    spare = loan.spare
    if spare.data_bearing and not media:
        raise DomainError(_("Say what became of the data media."), field="media")
    changes = {
        "returned_at": at, "returned_by": by, "broken": broken, "return_note": note,
        "media": media if spare.data_bearing else "",
    }  # fmt: skip
    if not SpareLoan.objects.filter(pk=loan.pk, returned_at=None).update(**changes):
        raise ForbiddenMove(_("This spare is back already; nothing was changed."))
    loan.refresh_from_db()
    spare.refresh_from_db()
    move(spare, SpareState.IN_REPAIR if broken else SpareState.AVAILABLE, **({"place": place} if place else {}))
    _count(loan, at)
    trail.note(verb="spare.returned", subject=loan, by=by, at=at, spare=spare.number, media=loan.media, broken=broken, note=note)
    return loan


@transaction.atomic
def extend(*, loan, back_by, reason, by, at):
    """It may stay longer. The day that was agreed before stands on the trail."""
    if back_by <= loan.back_by:
        raise DomainError(_("The new day is not later than the present one."), field="back_by")
    if back_by < _today(at):
        raise DomainError(_("This day is past."), field="back_by")
    before = loan.back_by
    if not SpareLoan.objects.filter(pk=loan.pk, returned_at=None, back_by=before).update(back_by=back_by):
        raise ForbiddenMove(_("This spare is back already, or somebody else changed the day."))
    loan.back_by = back_by
    _count(loan, at)
    trail.note(verb="spare.extended", subject=loan, by=by, at=at, back_by=[str(before), str(back_by)], reason=reason)
    return loan


@transaction.atomic
def set_state(*, spare, to, reason, by, at):
    """To repair, back on the shelf, or retired; lending and coming back have verbs of their own."""
    if SpareState.LENT in (spare.state, to):
        raise ForbiddenMove(_why_not(spare) or _("A spare is lent by a loan."))
    move(spare, to)
    trail.note(verb="spare.state", subject=spare, by=by, at=at, state=to, reason=reason)


@transaction.atomic
def remind(*, at):
    """Tell who lent it on the day before, and the store as well once it is late: each once. Returns how many loans are late."""
    today = _today(at)
    for loan in due_next(today, today + DAY):
        _tell("loan.due", loan, {loan.lent_by}, at)
    overdue = list(late(today))
    store = set(Staff.objects.filter(is_active=True, staff_roles__role=Role.STOREKEEPER)) if overdue else set()
    for loan in overdue:
        _tell("loan.late", loan, {loan.lent_by} | store, at)
        _count(loan, at)
    return len(overdue)


def _tell(code, loan, people, at):
    """A new day of return is a new promise, which may be told anew."""
    facts = {"spare": str(loan.spare), "borrower": loan.borrower, "day": str(loan.back_by)}
    once = f"{code}:{loan.number}:{loan.back_by}"
    tell(to=people, code=code, about=loan.number, url=loan.get_absolute_url(), once=once, at=at, **facts)


def _count(loan, at):
    zone = company().time_zone
    returned_on = day_of(loan.returned_at, zone) if loan.returned_at else None
    measures = measures_of(back_by=loan.back_by, returned_on=returned_on, today=day_of(at, zone))
    facts = {"person": loan.lent_by.username, "category": loan.spare.category}
    tally.post(kind="loan", number=loan.number, day=day_of(loan.lent_at, zone), measures=measures, **facts)


def _why_not(spare):
    """Why it cannot be lent, in words, or None."""
    loan = open_loan_of(spare)
    if loan is None:
        return None
    return _("%(spare)s is lent already: to %(borrower)s since %(since)s, back by %(day)s (%(loan)s).") % {
        "spare": spare,
        "borrower": loan.borrower,
        "since": timezone.localtime(loan.lent_at).strftime("%Y-%m-%d"),
        "day": loan.back_by,
        "loan": loan.number,
    }


def _today(at):
    return day_of(at, company().time_zone)

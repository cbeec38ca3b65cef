from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.trail import actions as trail

from . import dependents, official
from .models import CalendarChange, Freeze, OfficialDay, OfficialYear, OwnDay, WorkCalendar
from .queries import value_of


def refuse_unworkable(calendar, *, field=None):
    """Raises DomainError when no deadline could ever be met in this Calendar."""
    if not calendar.works_at_all():
        raise DomainError(
            _("“%(name)s” has no working hours at all, so no deadline could ever be met.") % {"name": calendar.name}, field=field
        )


@transaction.atomic
def save_calendar(*, calendar, by, at):
    """Enter a calendar or change its hours. Returns the CalendarChange, or None for a new one.

    A new standard calendar takes that place from the one before it. Raises DomainError without any working hours.
    """
    refuse_unworkable(value_of(calendar), field="monday")
    before = WorkCalendar.objects.filter(pk=calendar.pk).first()
    if calendar.is_standard:
        WorkCalendar.objects.exclude(pk=calendar.pk).filter(is_standard=True).update(is_standard=False)
    calendar.changed_at = at
    calendar.save()
    verb = "calendar.changed" if before else "calendar.created"
    trail.note(verb=verb, subject=calendar, by=by, at=at, name=calendar.name, code=calendar.code)
    return _changed(calendar=calendar, by=by, at=at) if before and _counts_differently(before, calendar) else None


@transaction.atomic
def save_own_day(*, calendar, day, hours, name, by, at):
    """Close `day`, or give it other hours. Raises DomainError when that would leave the calendar without any."""
    OwnDay.objects.update_or_create(calendar=calendar, day=day, defaults={"hours": hours, "name": name})
    refuse_unworkable(value_of(calendar), field="hours")
    trail.note(verb="calendar.own_day_set", subject=calendar, by=by, at=at, day=day.isoformat(), name=name, code=calendar.code)
    return _changed(calendar=calendar, first=day, last=day, by=by, at=at)


@transaction.atomic
def remove_own_day(*, own_day, by, at):
    calendar, day = own_day.calendar, own_day.day
    own_day.delete()
    refuse_unworkable(value_of(calendar))
    trail.note(verb="calendar.own_day_removed", subject=calendar, by=by, at=at, day=day.isoformat(), code=calendar.code)
    return _changed(calendar=calendar, first=day, last=day, by=by, at=at)


@transaction.atomic
def import_year(*, country, year, days, source, by, at):
    """Take the official `days` (official.Day) of a year, in place of what was known of it. Returns the CalendarChange.

    The same days again change nothing: None comes back. Raises DomainError for a year without a single holiday.
    """
    if not any(day.kind == OfficialDay.Kind.HOLIDAY for day in days):
        raise DomainError(_("There is no public holiday among these days, so this is no official calendar."), field="lines")
    known, is_new = OfficialYear.objects.get_or_create(
        country=country, year=year, defaults={"source": source, "imported_at": at, "imported_by": by}
    )
    before = {day.day: (day.kind, day.name) for day in known.days.all()}
    after = {day.day: (day.kind, day.name) for day in days}
    moved = sorted(day for day in before.keys() | after.keys() if before.get(day) != after.get(day))
    if not moved:
        return None
    known.days.all().delete()
    OfficialDay.objects.bulk_create(OfficialDay(year=known, day=day.day, kind=day.kind, name=day.name) for day in days)
    OfficialYear.objects.filter(pk=known.pk).update(source=source, imported_at=at, imported_by=by)
    trail.note(verb="calendar.year_imported", subject=known, by=by, at=at, year=year, source=source, days=len(moved))
    new_year = moved[0].replace(month=1, day=1)
    first, last = (new_year, new_year.replace(month=12, day=31)) if is_new else (moved[0], moved[-1])
    return _changed(country=country, first=first, last=last, by=by, at=at)


def load_package(*, country="CN", since, by, at):
    """Take every year from `since` on that the package knows and we do not. Returns the years taken."""
    known = set(OfficialYear.objects.filter(country=country).values_list("year", flat=True))
    missing = [year for year in official.package_years(since) if year not in known]
    for year in missing:
        import_year(country=country, year=year, days=official.package_days(year), source=official.PACKAGE, by=by, at=at)
    return missing


@transaction.atomic
def load_standard(*, code, name, zone, at):
    """The company's standard calendar, unless there is one. Returns it."""
    calendar = WorkCalendar.objects.filter(is_standard=True).first()
    if calendar is None:
        calendar = WorkCalendar(code=code, name=name, zone=zone, is_standard=True)
        save_calendar(calendar=calendar, by=None, at=at)
    return calendar


@transaction.atomic
def add_freeze(*, customer, first, last, kind, note="", by, at):
    """Nobody works at this customer on these days. Returns (Freeze, CalendarChange)."""
    if last < first:
        raise DomainError(_("The last day comes before the first."), field="last")
    freeze = Freeze.objects.create(customer=customer, first=first, last=last, kind=kind, note=note)
    trail.note(verb="freeze.added", subject=customer, by=by, at=at, first=first.isoformat(), last=last.isoformat(), kind=kind)
    return freeze, _changed(customer=customer, first=first, last=last, by=by, at=at)


@transaction.atomic
def remove_freeze(*, freeze, by, at):
    customer, first, last = freeze.customer, freeze.first, freeze.last
    freeze.delete()
    trail.note(verb="freeze.removed", subject=customer, by=by, at=at, first=first.isoformat(), last=last.isoformat())
    return _changed(customer=customer, first=first, last=last, by=by, at=at)


@transaction.atomic
def decide(*, change, chosen, reason="", by, at):
    """What becomes of the deadlines given before a change: those in `chosen`, {room's code: [key, …]}, are worked out anew.

    An empty `chosen` keeps all of them. Raises ForbiddenMove when somebody decided already.
    """
    count = sum(len(keys) for keys in chosen.values())
    decision = CalendarChange.Decision.RENEWED if count else CalendarChange.Decision.KEPT
    facts = {"decision": decision, "renewed": count, "decided_at": at, "decided_by": by}
    if not CalendarChange.objects.filter(pk=change.pk, decision="").update(**facts):
        raise ForbiddenMove(_("Somebody decided about these deadlines already."))
    for code, keys in sorted(chosen.items()):
        if keys:
            dependents.renew(code, keys=keys, reason=reason or _("The working calendar changed."), by=by, at=at)
    trail.note(verb="calendar.decided", subject=change, by=by, at=at, outcome=decision, count=count)


def _changed(*, by, at, **facts):
    """Keep what changed; without a deadline that it moves there is nothing to decide."""
    change = CalendarChange.objects.create(by=by, at=at, **facts)
    if not dependents.affected_by(change):
        change.decision = CalendarChange.Decision.NOTHING
        change.save(update_fields=["decision"])
    return change


def _counts_differently(before, after):
    return any(getattr(before, name) != getattr(after, name) for name in ("zone", "country", "week", "makeup", "is_standard"))

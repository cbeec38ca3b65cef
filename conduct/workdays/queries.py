from django.db.models import Q

from conduct.company.queries import company
from conduct.customers.queries import customers_for

from .calendar import Calendar, DayKind, Special
from .calendar import Freeze as FrozenDays
from .models import CalendarChange, Freeze, OfficialDay, OfficialYear, OwnDay, WorkCalendar


def calendar_of(code="", *, customer=None, zone=None, first=None, last=None):
    """The calendar `code` as a value; "" or None is the company's standard one. Four queries at most.

    `customer` adds its freeze weeks, `zone` outweighs the calendar's own. `first` and `last` are days: only their years and
    those between are read, others count as unknown. Raises LookupError for a code that does not exist.
    """
    row = WorkCalendar.objects.filter(Q(code=code) if code else Q(is_standard=True)).first() or _missing(code)
    return value_of(row, customer=customer, zone=zone, first=first, last=last)


def standard_calendar(**facts):
    return calendar_of("", **facts)


def value_of(row, *, customer=None, zone=None, first=None, last=None):
    """A row of WorkCalendar, saved or not, as the value that the arithmetic counts with."""
    special, years = _official(row, first, last) if row.country else ({}, None)
    for day, hours, name in _own_days(row, first, last):
        special[day] = Special(DayKind.OWN_HOURS if hours else DayKind.CLOSED, _hours(hours), name)
    return Calendar(
        zone=zone or row.zone,
        week=tuple(_hours(day) for day in row.week),
        special=special,
        freezes=_freezes(customer) if customer else (),
        official_years=years,
        code=row.code,
        name=row.name,
    )


def calendar_choices():
    """[(code, name), …], the standard one first."""
    return list(WorkCalendar.objects.order_by("-is_standard", "name").values_list("code", "name"))


def calendars():
    return WorkCalendar.objects.order_by("-is_standard", "name")


def freezes_for(user):
    """The freezes of the customers that this person may see."""
    return Freeze.objects.filter(customer__in=customers_for(user)).select_related("customer")


def official_years(country):
    return OfficialYear.objects.filter(country=country).order_by("-year").select_related("imported_by")


def official_days(country, year):
    return OfficialDay.objects.filter(year__country=country, year__year=year).order_by("day")


def changes_of(row):
    """The changes that may have moved deadlines of this calendar, newest first."""
    ours = Q(calendar=row) | Q(country=row.country) if row.country else Q(calendar=row)
    return CalendarChange.objects.filter(ours).select_related("by", "decided_by").order_by("-at", "-pk")


def _missing(code):
    """Before set-up there is a standard calendar without a row: the company's zone, ordinary hours."""
    if code:
        raise LookupError(code)
    return WorkCalendar(zone=company().time_zone)


def _official(row, first, last):
    """({day: Special}, the years that are known)."""
    years = OfficialYear.objects.filter(country=row.country)
    if first:
        years = years.filter(year__gte=first.year)
    if last:
        years = years.filter(year__lte=last.year)
    special, known = {}, set()
    for year, day, kind, name in years.values_list("year", "days__day", "days__kind", "days__name"):
        known.add(year)
        if day:
            hours = _hours(row.makeup) if kind == OfficialDay.Kind.MAKEUP else ()
            special[day] = Special(DayKind(kind), hours, name)
    return special, frozenset(known)


def _own_days(row, first, last):
    if row.pk is None:
        return ()
    days = OwnDay.objects.filter(calendar=row)
    if first:
        days = days.filter(day__year__gte=first.year)
    if last:
        days = days.filter(day__year__lte=last.year)
    return days.values_list("day", "hours", "name")


def _freezes(customer):
    return tuple(
        FrozenDays(first, last, note or kind)
        for first, last, kind, note in customer.freezes.order_by("first").values_list("first", "last", "kind", "note")
    )


def _hours(spans):
    return tuple((opens, closes) for opens, closes in spans)

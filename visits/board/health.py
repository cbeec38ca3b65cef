"""What keeps the plan from being a good one: each check names the things themselves and where to mend them."""

import datetime
from zoneinfo import ZoneInfo

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.base.days import day_bounds, day_of, month_days
from conduct.customers.models import Site
from conduct.people.models import Engineer
from conduct.tally.queries import totals
from conduct.workdays.queries import standard_calendar
from visits.orders.queries import orders_for
from visits.schedule import access_hours
from visits.schedule.conflict_words import KINDS
from visits.schedule.queries import visits_for
from visits.schedule.states import VisitState

SHOWN = 50


def checks(user, at, zone):
    """[{title, hint, rows: [(what, address or ""), …], more}, …], every check, also those with nothing wrong."""
    return [
        _check(_("Engineers without skills"), _("Nobody can be suggested for what nobody says that he can."), _engineers(skills=None)),
        _check(_("Engineers without a region"), _("Regions group the board."), _engineers(region="")),
        _check(_("Engineers without a home city"), _("Travel and distance count from there."), _engineers(home_city="")),
        _check(_("Engineers without hours of their own"), _("They count with eight hours a day."), _without_hours()),
        _check(_("Orders without a duration"), _("They are planned with two hours."), _orders(user)),
        _check(_("Sites without a city"), _("No way to them can be reckoned."), _sites(city="")),
        _check(_("Sites without access hours"), _("They are taken as always open."), _sites(access_hours="")),
        _check(_("Access hours that are not understood"), _("Write them like: workdays 8:00-18:00; Sat 9:00-12:00"), _unread_hours()),
        _check(_("Visits of today and tomorrow that are not ready"), _("Confirmed, and the laptop does not say “ready to leave”."), _not_ready(user, at, zone)),
        _check(_("Working days that nobody knows"), _("Import the public holidays before the plan reaches them."), _unknown_years(at, zone)),
        _check(_("Planned against advice this month"), _("How often, by what spoke against it. Each visit's history says why."), _overruled(at, zone)),
    ]  # fmt: skip


def _check(title, hint, rows):
    rows = list(rows[: SHOWN + 1])
    return {"title": title, "hint": hint, "rows": rows[:SHOWN], "more": len(rows) > SHOWN}


def _engineers(**lacking):
    rows = Engineer.objects.filter(staff__is_active=True, **lacking).order_by("staff__name")
    names = rows.values_list("staff__name", "staff__username")[: SHOWN + 1]
    return [(name, reverse("people:detail", args=[username])) for name, username in names]


def _without_hours():
    rows = Engineer.objects.filter(staff__is_active=True, capacity=None).order_by("staff__name")
    return [(name, reverse("board:hours")) for name in rows.values_list("staff__name", flat=True)[: SHOWN + 1]]


def _orders(user):
    rows = orders_for(user).filter(state="open", duration_minutes=None).exclude(visits__state__in=VisitState.OPEN)
    rows = rows.order_by("-created_at").values_list("number", "customer__name")[: SHOWN + 1]
    return [(f"{number} {customer}", reverse("orders:edit", args=[number])) for number, customer in rows]


def _sites(**lacking):
    rows = Site.objects.filter(**lacking).order_by("name").values_list("number", "customer__name", "name")[: SHOWN + 1]
    return [(f"{customer} · {name}", reverse("customers:edit_site", args=[number])) for number, customer, name in rows]


def _unread_hours():
    rows = Site.objects.exclude(access_hours="").order_by("name").values_list("number", "customer__name", "name", "access_hours")
    return [
        (f"{customer} · {name}: {text}", reverse("customers:edit_site", args=[number]))
        for number, customer, name, text in rows.iterator()
        if access_hours.read(text) is None
    ]


def _not_ready(user, at, zone):
    """Confirmed visits of today and the next day whose laptop did not say that it holds everything for the plan as it is now."""
    today = day_of(at, zone)
    start, end = day_bounds(today, zone)[0], day_bounds(today + datetime.timedelta(days=1), zone)[1]
    rows = visits_for(user).filter(state=VisitState.CONFIRMED, planned_start__gte=start, planned_start__lt=end)
    ready = rows.filter(readiness__state="ready", readiness__plan_version=F("plan_version"))
    rows = rows.exclude(pk__in=ready.values("pk")).select_related("engineer__staff", "order__customer").order_by("planned_start")
    when = {visit: visit.planned_start.astimezone(ZoneInfo(zone)) for visit in rows[: SHOWN + 1]}
    return [(f"{start:%m-%d %H:%M} {visit.engineer} · {visit.order.customer} · {visit.number}", visit.get_absolute_url()) for visit, start in when.items()]


def _overruled(at, zone):
    """The soft conflicts of this month's visits, the most frequent first."""
    first, after = month_days(f"{day_of(at, zone):%Y-%m}")
    counts = [(count, code.removeprefix("overruled.")) for code, count in totals(first, after).items() if code.startswith("overruled.") and count]
    return [(f"{KINDS[code]}: {count}", "") for count, code in sorted(counts, reverse=True)]


def _unknown_years(at, zone):
    today = day_of(at, zone)
    calendar = standard_calendar()
    years = [today.year] + ([today.year + 1] if today.month >= 11 else [])
    return [(str(year), "/calendars/") for year in years if not calendar.is_official(year)]

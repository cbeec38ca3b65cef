"""All that the board's page shows."""

import datetime
from collections import defaultdict
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from conduct.attendance.queries import away_between
from conduct.base.days import day_bounds
from conduct.people.models import Engineer, Skill
from conduct.workdays.queries import standard_calendar
from visits.schedule.queries import last_move_of
from visits.schedule.states import VisitState

from . import live, past, queries
from .grid import DAY_MINUTES, SCALES, Grid
from .rows import rows

VIEWS = [
    ("day", pgettext_lazy("board", "Day")), ("three", gettext_lazy("Three days")), ("week", pgettext_lazy("board", "Week")),
    ("fortnight", gettext_lazy("Two weeks")),
]  # fmt: skip
FILTERS = ("city", "skill", "customer", "state", "q")


def context(user, asked, at):
    zone = ZoneInfo(user.time_zone)
    moment = past.moment_of(asked.get("at"), zone, at)
    filters = filters_of(asked)
    grid = _grid(asked, queries.today_of(moment or at, zone), user.time_zone)
    version = live.version()
    start, end = grid.bounds
    visits = past.rows_as_of(user, start, end, moment) if moment else queries.rows_of_visits(user, start, end)
    people = queries.engineers(filters, visits)
    calendar = standard_calendar(first=grid.days[0], last=grid.days[-1])
    free = {day: calendar.day(day).name for day in grid.days if not calendar.works_on(day)}
    waiting, more = ([], False) if moment else queries.waiting(user, filters)
    shown = rows(
        grid, people, visits, filters=filters, skills=queries.skills_of(people), capacities=queries.capacities(),
        absences=_absences(people, grid, moment), free_days=free,
    )  # fmt: skip
    return {
        "grid": grid, "days": [(day, day in free, free.get(day, "")) for day in grid.days], "today": queries.today_of(at, zone),
        "rows": shown, "waiting": waiting, "more_waiting": more, "filters": filters, "filtered": any(filters.values()), "moment": moment,
        "views": VIEWS, "version": version, "now_minute": grid.minute(at), "undoable": not moment and last_move_of(user, at),
        "hours": _hours(grid), "planned": sum(_is_untold(visit, at) for visit in visits),
        "count": len(visits), "shown": sum(bar.shown for row in shown for bar in row.bars),
        **_around(grid, asked), **_choices(),
    }  # fmt: skip


def filters_of(asked):
    """{filter: text} of the address, "" for one that is not set."""
    return {name: asked.get(name, "").replace("\0", "").strip() for name in FILTERS}


def _is_untold(visit, at):
    return visit["state"] == VisitState.PLANNED and visit["planned_start"] > at


def _absences(people, grid, moment):
    """{engineer's pk: [(from, until, word), …]}: approved leave as it is or as it was at `moment`, and days without visits by a ruling."""
    start, end = grid.bounds
    keys, found = {person.staff_id: person.pk for person in people}, defaultdict(list)
    for leave in past.leaves_as_of(keys, start, end, moment) if moment else away_between(list(keys), start, end):
        found[keys[leave.staff_id]].append((leave.start, leave.end, leave.get_kind_display()))
    for person in [] if moment else people:
        if person.barred_until and person.barred_until >= grid.first:
            found[person.pk].append((start, day_bounds(person.barred_until, grid.zone)[1], _("gets no visits")))
    return found


def publishing(user, asked, at):
    """What can be published: of the days of the board that the address names, or all; how many more there are, and what is past."""
    untold = queries.untold(user)
    coming = untold.filter(planned_start__gt=at)
    context = {"late": list(untold.filter(planned_start__lte=at)[:queries.PUBLISHED]), "all": 0}
    if asked.get("day"):
        start, end = _grid(asked, queries.today_of(at, ZoneInfo(user.time_zone)), user.time_zone).bounds
        context |= {"all": coming.count(), "days": (start, end - datetime.timedelta(minutes=1))}
        coming = coming.filter(planned_start__lt=end, planned_end__gt=start)
    visits = list(coming[: queries.PUBLISHED + 1])
    return context | {"visits": visits[: queries.PUBLISHED], "more": len(visits) > queries.PUBLISHED}


def _grid(asked, today, zone):
    """The days shown: a week begins on its Monday, so does a fortnight."""
    scale = SCALES.get(asked.get("view"), SCALES["week"])
    day = queries.day_of_request(asked.get("day"), today)
    first = day - datetime.timedelta(days=day.weekday()) if scale.by_day else day
    return Grid(scale, first, zone)


def _hours(grid):
    """[(CSS, hour), …] of the axis of a board of hours."""
    if grid.scale.by_day:
        return []
    every = 60 if grid.scale.days == 1 else 180
    minutes = range(0, grid.scale.days * DAY_MINUTES, every)
    return [(f"x{minute // grid.scale.step} w{every // grid.scale.step}", minute % DAY_MINUTES // 60) for minute in minutes]


def _around(grid, asked):
    """Addresses of the board before, now, after and in the other views, with the filters kept."""
    def link(**changes):
        query = asked.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return "?" + query.urlencode()

    step = datetime.timedelta(days=grid.scale.days)
    return {
        "query": link(day=f"{grid.first}"), "before": link(day=f"{grid.first - step}"), "after": link(day=f"{grid.first + step}"), "at_today": link(day=None, at=None),
        "links": [(code, label, link(view=code)) for code, label in VIEWS],
    }  # fmt: skip


def cities():
    """The home cities of everybody who can be sent."""
    homes = Engineer.objects.filter(staff__is_active=True).exclude(home_city="").order_by("home_city")
    return list(homes.values_list("home_city", flat=True).distinct())


def _choices():
    return {
        "cities": cities(),
        "skills": list(Skill.objects.order_by("name").values_list("code", "name")),
        "states": [choice for choice in VisitState.choices if choice[0] not in queries.HIDDEN],
    }


def address(visit, zone):
    """The board on the visit's day."""
    return f"{reverse('board:board')}?day={visit.planned_start.astimezone(zone):%Y-%m-%d}"


def moved_words(before, after):
    if before.pk != after.pk:
        return _("%(old)s is called off; %(new)s follows it and its engineer is asked.") % {"old": before, "new": after}
    return _("%(number)s is moved.") % {"number": after}

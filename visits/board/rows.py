"""The board as rows for the template: everything is said here, the template only shows."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from visits.schedule.conflicts import minutes_by_day
from visits.schedule.states import VisitState

from .grid import DAY_MINUTES, lanes
from .markup import bars_html, off_html
from .queries import matches

UNMOVABLE = {"on_site", "finished", "signed", "refused", "archived", "missed"}


@dataclass
class Bar:
    number: str
    state: str
    css: str
    words: str
    times: str
    who: str
    start: int
    end: int
    version: int
    shown: bool = True
    movable: bool = True
    untold: bool = False  # the customer has to be told something and was not
    actual: str = ""
    actual_words: str = ""
    rail: list = field(default_factory=list)  # (kind, CSS) of the stretches below a bar that stands for whole days


@dataclass
class Row:
    engineer: object
    skills: str = ""
    hours: str = ""
    over: bool = False
    lanes: int = 1
    bars: list = field(default_factory=list)
    off: list = field(default_factory=list)

    @property
    def html(self):
        return off_html(self.off) + bars_html(self.bars)


def rows(grid, people, visits, *, filters, skills, capacities, absences, free_days):
    """One Row an engineer. `absences` are {engineer's pk: [(start, end, word), …]}, `free_days` {day: why}."""
    labels = {code: str(label) for code, label in VisitState.choices}
    by_engineer, free = defaultdict(list), list(_free(grid, free_days))
    for visit in visits:
        by_engineer[visit["engineer_id"]].append(visit)
    return [
        _row(grid, person, by_engineer[person.pk], filters, skills[person.pk], capacities, absences.get(person.pk, ()), free, labels)
        for person in people
    ]


def _row(grid, person, visits, filters, skills, capacities, absences, free, labels):
    row = Row(engineer=person, skills="、".join(skills))
    planned = [(visit, grid.minute(visit["planned_start"]), grid.minute(visit["planned_end"])) for visit in visits]
    shown = [(*plan, span) for plan in planned if (span := grid.columns(*plan[1:]))]
    places, count = lanes([span for *_plan, span in shown])
    row.lanes = max(count, 1)
    row.bars = [_bar(grid, person, *bar, lane, filters, labels) for bar, lane in zip(shown, places, strict=True)]
    row.off = [*free, *_away(grid, absences)]
    row.hours, row.over = _hours(grid, visits, capacities.get(person.pk))
    return row


def _bar(grid, person, visit, start, end, span, lane, filters, labels):
    if not matches(visit, person, filters):
        return Bar("", "hidden", _css(span, lane), _("taken"), "", "", start, end, 0, shown=False, movable=False)
    times, customer = _times(grid, start, end), visit["order__customer__short_name"] or visit["order__customer__name"]
    words = [times, visit["order__customer__name"], visit["order__site__city"], labels[visit["state"]], visit["number"]]
    if visit["order__site__time_zone"] != grid.zone:
        words.insert(1, _("at the site: %(times)s") % {"times": _site_times(visit)})
    if visit["counter_start"] and visit["state"] == VisitState.COUNTERED:
        wished = _times(grid, grid.minute(visit["counter_start"]), grid.minute(visit["counter_end"]), with_day=True)
        words.append(_("asks for %(times)s") % {"times": wished})
    state = labels[visit["state"]]
    if visit.get("is_untold"):
        state = _("customer not told yet")
        words.append(state)
    bar = Bar(
        visit["number"], visit["state"], _css(span, lane), " · ".join(words), times, f"{customer} · {state}",
        start, end, visit["plan_version"], movable=visit["state"] not in UNMOVABLE, untold=bool(visit.get("is_untold")),
    )  # fmt: skip
    _draw_actual(grid, bar, visit, span, lane)
    return bar


def _draw_actual(grid, bar, visit, span, lane):
    """Arrival and departure on the bar: from arrival to departure, or to the planned end while the visit lasts."""
    arrived, departed = visit["record__arrived_at"], visit["record__departed_at"]
    begun = grid.minute(arrived) if arrived else None
    left = grid.minute(departed) if departed else max(bar.end, (begun or 0) + 1)
    if arrived:
        bar.actual_words = _("arrived %(arrived)s, departed %(departed)s") % {
            "arrived": _clock(begun), "departed": _clock(left) if departed else "…",
        }  # fmt: skip
    if grid.scale.by_day:
        bar.rail = [("plan", _share(grid, span, bar.start, bar.end))]
        if arrived:
            bar.rail.append(("real", _share(grid, span, begun, left)))
    elif arrived and (place := grid.columns(begun, left)):
        bar.actual = _css(place, lane)


def _share(grid, span, start, end):
    """[start, end) within the bar's whole days, in steps of two per cent."""
    length = (span[1] - span[0]) * grid.scale.step
    left, right = ((minute - span[0] * grid.scale.step) * 50 / length for minute in (start, end))
    left, right = max(0, min(49, int(left))), max(1, min(50, -int(-right // 1)))
    return f"l{left} v{max(right - left, 1)}"


def _css(span, lane):
    return f"x{span[0]} w{span[1] - span[0]} y{lane}"


def _clock(minute):
    return f"{minute % DAY_MINUTES // 60:02d}:{minute % 60:02d}"


def _times(grid, start, end, *, with_day=False):
    """ "09:00–11:00", with the days where it is not one day of the board."""
    first, last = start // DAY_MINUTES, (end - 1) // DAY_MINUTES
    if first == last and not with_day:
        return f"{_clock(start)}–{_clock(end) if end % DAY_MINUTES else '24:00'}"
    names = [f"{grid.first + datetime.timedelta(days=day):%m-%d}" for day in (first, end // DAY_MINUTES)]
    return f"{names[0]} {_clock(start)}–{names[1] + ' ' if first != last else ''}{_clock(end)}"


def _site_times(visit):
    zone = ZoneInfo(visit["order__site__time_zone"])
    return f"{visit['planned_start'].astimezone(zone):%H:%M}–{visit['planned_end'].astimezone(zone):%H:%M}"


def _free(grid, free_days):
    for place, day in enumerate(grid.days):
        if day in free_days:
            span = grid.columns(place * DAY_MINUTES, (place + 1) * DAY_MINUTES)
            yield {"css": f"x{span[0]} w{span[1] - span[0]}", "words": "", "kind": "free"}


def _away(grid, absences):
    for start, end, word in absences:
        span = grid.columns(grid.minute(start), grid.minute(end))
        if span:
            yield {"css": f"x{span[0]} w{span[1] - span[0]}", "words": word, "kind": "away"}


def _hours(grid, visits, capacity):
    """("6.5 h", whether any day holds more than the person has)."""
    total, days, shown = 0, defaultdict(int), set(grid.days)
    for visit in visits:
        found = minutes_by_day(visit["planned_start"].astimezone(grid.area), visit["planned_end"].astimezone(grid.area), 480)
        for day, minutes in found.items():
            if day in shown:
                days[day] += minutes
                total += minutes
    most = 480 if capacity is None else capacity
    return f"{total / 60:g} h" if total % 60 == 0 else f"{total / 60:.1f} h", any(minutes > most for minutes in days.values())

"""When a site lets people in, read from the words of its `access_hours`. Pure.

Understood: 工作日 8:00-18:00, 周一至周五 9:00-17:00, 每天 7:00-22:00, 全天, Mon-Fri 9:00-17:00, weekdays, daily, 24h;
several joined by ; or ；. What is not understood is not guessed: it restricts nothing and stands on the health page.
"""

import datetime
import re
from dataclasses import dataclass

WORKDAYS = "workdays"
DAYS = {name: place for place, name in enumerate("一二三四五六日")} | {"天": 6}
DAYS |= {name: place for place, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
NAME = "(?:周|星期)?([一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)[a-z]*"
RANGE = re.compile(rf"{NAME}\s*(?:至|到|-|–|—|~|to)\s*{NAME}")
SINGLE = re.compile(r"(?:周|星期)([一二三四五六日天])|\b(mon|tue|wed|thu|fri|sat|sun)")
TIMES = re.compile(r"(\d{1,2})[:：](\d{2})\s*(?:至|到|-|–|—|~|to)\s*(\d{1,2})[:：](\d{2})")
ALWAYS = re.compile(r"全天|24\s*小时|24\s*h|24/7|always")
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Window:
    """Open from minute `start` to minute `end` of each of `days` (0 is Monday), or of every working day."""

    days: frozenset | str
    start: int = 0
    end: int = MIDNIGHT

    def holds(self, day, is_workday):
        return is_workday(day) if self.days == WORKDAYS else day.weekday() in self.days


def read(text):
    """The windows, or None when the text is empty or not understood."""
    found = []
    for part in re.split(r"[;；\n]", text.strip().lower()):
        if part.strip():
            window = _window(part)
            if window is None:
                return None
            found.append(window)
    return tuple(found) or None


def _window(part):
    times = TIMES.search(part)
    if times is None:
        return Window(_days(part) or frozenset(range(7))) if ALWAYS.search(part) else None
    start, end = (int(times[n]) * 60 + int(times[n + 1]) for n in (1, 3))
    if not 0 <= start < end <= MIDNIGHT:
        return None
    return Window(_days(part) or frozenset(range(7)), start, end)


def _days(part):
    if "工作日" in part or "weekday" in part or "workday" in part:
        return WORKDAYS
    if span := RANGE.search(part):
        first, last = DAYS[span[1]], DAYS[span[2]]
        return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
    return frozenset(DAYS[match[1] or match[2]] for match in SINGLE.finditer(part))


def admits(windows, start, end, is_workday):
    """Whether wall times [start, end) of the site lie within its windows.

    A visit of one day lies within one window. One of several days comes and goes within windows; its nights are no concern
    of the door's.
    """
    last = end - datetime.timedelta(minutes=1)
    if start.date() == last.date():
        return any(
            w.holds(start.date(), is_workday) and w.start <= _minute(start) and _minute(last) < w.end for w in windows
        )
    return _open_at(windows, start, is_workday) and _open_at(windows, last, is_workday)


def _open_at(windows, moment, is_workday):
    return any(w.holds(moment.date(), is_workday) and w.start <= _minute(moment) < w.end for w in windows)


def _minute(moment):
    return moment.hour * 60 + moment.minute

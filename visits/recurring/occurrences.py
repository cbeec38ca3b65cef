"""Which days a plan falls on, and where a day goes on which nobody works. Pure: dates in, dates out.

Months that are too short for a day of the month take their last day (31 January, 28 February, 31 March); a fifth weekday is the last one.
"""

import calendar
import datetime

FAR = 31  # days that a visit may move
DAY = datetime.timedelta(days=1)


def nominal_days(rhythm, interval, begin, first, last):
    """The plan's days in [first, last], both included, before holidays move any of them. `begin` is its first day ever."""
    if rhythm == "weekly":
        step = 7 * interval
        turn = max(0, -((begin - first).days // step))
        days = (begin + datetime.timedelta(days=step * n) for n in _from(turn))
    else:
        step = interval * (3 if rhythm == "quarterly" else 1)
        turn = max(0, ((first.year - begin.year) * 12 + first.month - begin.month) // step - 1)
        place = _nth_weekday if rhythm == "weekday" else _same_date
        days = (place(begin, step * n) for n in _from(turn))
    found = []
    for day in days:
        if day > last:
            return found
        if day >= max(first, begin):
            found.append(day)


def _from(turn):
    while True:
        yield turn
        turn += 1


def _month(begin, months):
    count = begin.year * 12 + begin.month - 1 + months
    return count // 12, count % 12 + 1


def _same_date(begin, months):
    year, month = _month(begin, months)
    return datetime.date(year, month, min(begin.day, calendar.monthrange(year, month)[1]))


def _nth_weekday(begin, months):
    year, month = _month(begin, months)
    first = datetime.date(year, month, 1)
    day = first + datetime.timedelta(days=(begin.weekday() - first.weekday()) % 7 + 7 * ((begin.day - 1) // 7))
    return day if day.month == month else day - 7 * DAY


def settle(nominal, works_on, holidays, taken=()):
    """{nominal day: the day it is done, or None when there is no working day near}.

    A day on which somebody works stays. One that moves goes to the nearest working day in its direction that is no other
    visit's of the plan: neither one that stays there, nor one that moved there before, nor one of `taken`. A day of `taken` that
    would stay is left out: under another rhythm the plan has its visit there already.
    """
    stays = {day for day in nominal if holidays == "keep" or works_on(day)}
    used, settled = stays | set(taken), {}
    step = DAY if holidays == "forward" else -DAY
    for day in nominal:
        if day in stays and day in taken:
            continue
        settled[day] = day if day in stays else _free(day, step, works_on, used)
        used.add(settled[day])
    return settled


def _free(day, step, works_on, used):
    for _place in range(FAR):
        day += step
        if works_on(day) and day not in used:
            return day
    return None

"""Deadlines against a counter that asks every single minute: equal on random calendars, and how much faster.

.venv/bin/python benchmarks/workdays.py [--calendars 10000]
"""

import argparse
import datetime
import statistics
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent))

from hypothesis import HealthCheck, given, seed, settings

from conduct.workdays.arithmetic import deadline, working_minutes
from conduct.workdays.calendar import Calendar, DayKind, Special, parse_hours
from tests.conduct.workdays.counter import Counter, stories
from tests.conduct.workdays.test_counter import agree

ZONE = ZoneInfo("Asia/Shanghai")
DAY = parse_hours("9:00-12:00, 13:00-18:00")
HOLIDAYS = {datetime.date(2026, 10, day): Special(DayKind.HOLIDAY, (), "National Day") for day in range(1, 8)}
OFFICE = Calendar("Asia/Shanghai", (DAY,) * 5 + ((), ()), HOLIDAYS, official_years=frozenset({2026}))
START = datetime.datetime(2026, 9, 30, 16, tzinfo=ZONE)
CASES = {"4 hours": 4 * 60, "3 working days": 24 * 60, "30 working days": 240 * 60}


def equal(calendars):
    count = 0

    @seed(20261125)
    @settings(max_examples=calendars, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(stories())
    def check(story):
        nonlocal count
        count += 1
        agree(story)

    check()
    return count


def milliseconds(work, rounds):
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--calendars", type=int, default=10_000)
    wanted = arguments.parse_args().calendars
    begun = time.perf_counter()
    print(f"equal on {equal(wanted)} random calendars, {time.perf_counter() - begun:.0f} s")
    for name, minutes in CASES.items():
        ours = milliseconds(lambda minutes=minutes: deadline(START, minutes, OFFICE), 200)
        last = START + datetime.timedelta(days=90)
        peer = milliseconds(lambda minutes=minutes, last=last: Counter(OFFICE, []).deadline(START, minutes, last), 5)
        print(f"{name:16} deadline with its steps {ours:7.3f} ms   minute by minute {peer:8.2f} ms   {peer / ours:6.0f} x")
    year = milliseconds(lambda: working_minutes(START, START + datetime.timedelta(days=365), OFFICE), 50)
    print(f"working minutes of a year {year:.3f} ms")


if __name__ == "__main__":
    main()

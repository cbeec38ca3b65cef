"""The sums that people argue about, each told as a story of one deadline."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from conduct.workdays.arithmetic import NoWorkingTime, Pause, deadline, is_working, shift_days, working_days, working_minutes
from conduct.workdays.calendar import Calendar, DayKind, Freeze, Special, format_hours, parse_hours

ZONE = ZoneInfo("Asia/Shanghai")
DAY = parse_hours("9:00-12:00, 13:00-18:00")
OCTOBER = {
    **{datetime.date(2026, 10, day): Special(DayKind.HOLIDAY, (), "National Day") for day in range(1, 8)},
    datetime.date(2026, 10, 10): Special(DayKind.MAKEUP, DAY, "National Day"),
    datetime.date(2026, 12, 31): Special(DayKind.OWN_HOURS, DAY[:1], "half day"),
}
OFFICE = Calendar("Asia/Shanghai", (DAY,) * 5 + ((), ()), OCTOBER, official_years=frozenset({2026}))


def moment(text, zone=ZONE):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "minutes", "at", "why"),
    [
        ("2026-10-09 16:00", 240, "2026-10-10 11:00", "Saturday is a make-up day"),
        ("2026-11-25 11:00", 120, "2026-11-25 14:00", "lunch does not count"),
        ("2026-11-25 16:00", 120, "2026-11-25 18:00", "closing time itself is in time"),
        ("2026-11-25 16:00", 121, "2026-11-26 09:01", "a minute later is the next morning"),
        ("2026-11-25 18:00", 60, "2026-11-26 10:00", "at closing time nothing counts any more"),
        ("2026-11-25 12:30", 60, "2026-11-25 14:00", "a start within lunch waits for its end"),
        ("2026-11-25 23:59", 1, "2026-11-26 09:01", "midnight is nothing special"),
        ("2026-11-27 17:00", 120, "2026-11-30 10:00", "over a weekend"),
        ("2026-11-28 10:00", 60, "2026-11-30 10:00", "reported on a Saturday"),
        ("2026-09-30 17:00", 120, "2026-10-08 10:00", "over the National Day"),
        ("2026-12-31 11:00", 120, "2027-01-01 10:00", "a half day, then a year that nobody knows"),
        ("2026-11-25 10:30", 0, "2026-11-25 10:30", "no time at all is over at once"),
        ("2026-11-25 22:00", 0, "2026-11-25 22:00", "even at night"),
    ],
)
def test_a_deadline(start, minutes, at, why):
    assert deadline(moment(start), minutes, OFFICE).at == moment(at), why


def test_a_pause_takes_away_only_working_time():
    night = Pause(moment("2026-11-25 17:00"), moment("2026-11-26 09:30"), "part")
    lunch = Pause(moment("2026-11-25 12:00"), moment("2026-11-25 13:00"), "reporter")

    found = deadline(moment("2026-11-25 16:00"), 120, OFFICE, [night, lunch])

    assert found.at == moment("2026-11-26 10:30")
    assert [(step.minutes, step.name) for step in found.steps if step.kind == "pause"] == [(90, "part")]


def test_overlapping_pauses_count_once():
    pauses = [
        Pause(moment("2026-11-25 10:00"), moment("2026-11-25 11:00")),
        Pause(moment("2026-11-25 10:30"), moment("2026-11-25 11:30")),
    ]

    assert deadline(moment("2026-11-25 09:30"), 60, OFFICE, pauses).at == moment("2026-11-25 12:00")
    assert working_minutes(moment("2026-11-25 09:00"), moment("2026-11-25 12:00"), OFFICE, pauses) == 90


def test_a_pause_that_never_ended_leaves_the_deadline_open():
    found = deadline(moment("2026-11-25 16:00"), 240, OFFICE, [Pause(moment("2026-11-25 17:00"), None, "part")])

    assert (found.at, found.left) == (None, 180)
    assert found.steps[-1].name == "part"


def test_a_pause_after_the_deadline_changes_nothing():
    later = Pause(moment("2026-11-25 18:00"), None, "part")

    found = deadline(moment("2026-11-25 16:00"), 120, OFFICE, [later])

    assert (found.at, [step.kind for step in found.steps]) == (moment("2026-11-25 18:00"), ["counted"])


def test_the_sum_is_told_step_by_step():
    found = deadline(
        moment("2026-09-30 10:00"),
        20 * 60,
        replace(OFFICE, freezes=(Freeze(datetime.date(2026, 10, 9), datetime.date(2026, 10, 9), "exams"),)),
    )

    assert [(step.kind, step.minutes, step.left) for step in found.steps] == [
        ("counted", 120, 1080), ("break", 0, 1080), ("counted", 300, 780),
        ("holiday", 0, 0),
        ("counted", 180, 600), ("break", 0, 600), ("counted", 300, 300),
        ("freeze", 0, 0),
        ("makeup", 0, 0), ("counted", 180, 120), ("break", 0, 120), ("counted", 120, 0),
    ]  # fmt: skip
    holiday = found.steps[3]
    assert (holiday.start.date(), holiday.last_day, holiday.name) == (
        datetime.date(2026, 10, 1),
        datetime.date(2026, 10, 7),
        "National Day",
    )


def test_a_year_without_an_official_calendar_is_named():
    found = deadline(moment("2026-12-31 11:00"), 120, OFFICE)

    assert found.unofficial == (2027,)
    assert [step.name for step in found.steps if step.kind == "unofficial"] == ["2027"]
    assert deadline(moment("2026-12-31 11:00"), 60, OFFICE).unofficial == ()
    assert deadline(moment("2026-12-31 11:00"), 120, replace(OFFICE, official_years=None)).unofficial == ()


def test_midnight_of_the_year_does_not_touch_the_next_one():
    round_the_clock = replace(OFFICE, week=(((0, 1440),),) * 7, special={})

    found = deadline(moment("2026-12-31 22:00"), 120, round_the_clock)

    assert (found.at, found.unofficial) == (moment("2027-01-01 00:00"), ())


@pytest.mark.parametrize(
    ("zone", "start", "at", "why"),
    [
        ("Europe/Berlin", "2026-03-28 23:00", "2026-03-29 04:00", "the clock skips an hour: four real ones"),
        ("Europe/Berlin", "2026-10-24 23:00", "2026-10-25 02:00", "the clock repeats an hour"),
        ("America/Santiago", "2026-04-04 22:00", "2026-04-05 01:00", "the clock goes back at midnight"),
    ],
)
def test_a_night_when_the_clock_changes(zone, start, at, why):
    nights = Calendar(zone, (((0, 1440),),) * 7)

    found = deadline(moment(start, ZoneInfo(zone)), 240, nights).at

    assert found.strftime("%Y-%m-%d %H:%M") == at, why


def test_without_any_working_hours_there_is_no_deadline():
    with pytest.raises(NoWorkingTime) as refusal:
        deadline(moment("2026-11-25 10:00"), 60, Calendar("Asia/Shanghai", ((),) * 7))
    assert refusal.value.never

    one_day = Calendar("Asia/Shanghai", ((),) * 7, {datetime.date(2026, 11, 28): Special(DayKind.OWN_HOURS, ((540, 600),))})
    assert deadline(moment("2026-11-25 10:00"), 60, one_day).at == moment("2026-11-28 10:00")
    with pytest.raises(NoWorkingTime) as refusal:
        deadline(moment("2026-11-25 10:00"), 61, one_day)
    assert not refusal.value.never


def test_working_days_before_and_after():
    date = datetime.date.fromisoformat

    assert shift_days(date("2026-10-10"), -2, OFFICE) == date("2026-10-08")
    assert shift_days(date("2026-09-30"), 1, OFFICE) == date("2026-10-08")
    assert shift_days(date("2026-10-03"), 0, OFFICE) == date("2026-09-30")
    assert working_days(date("2026-11-01"), date("2026-11-30"), OFFICE)[-1] == date("2026-11-30")
    assert is_working(moment("2026-11-25 09:00"), OFFICE) and not is_working(moment("2026-11-25 18:00"), OFFICE)


@pytest.mark.parametrize(
    ("text", "hours"), [("9-12，13:00—18:00", "09:00-12:00, 13:00-18:00"), ("", ""), ("20:00-24:00", "20:00-24:00")]
)
def test_hours_as_people_type_them(text, hours):
    assert format_hours(parse_hours(text)) == hours


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9", "form"),
        ("9:0-10", "form"),
        ("25-26", "form"),
        ("12-9", "order"),
        ("9-12, 11-14", "order"),
        ("9-9", "order"),
        ("a-b", "form"),
    ],
)
def test_hours_that_make_no_sense(text, code):
    with pytest.raises(ValueError, match=code):
        parse_hours(text)

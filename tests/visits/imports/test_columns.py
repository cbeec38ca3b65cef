"""What cells say, and how a wrong one is named."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from visits.imports.columns import HEADINGS, Wrong, key_of, lines, minutes, moment, one_of, read_headings, several

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("language", [0, -1])
def test_every_heading_is_read_in_both_languages(language):
    known, strange, missing = read_headings([names[language].upper() for names in HEADINGS.values()])

    assert list(known) == list(HEADINGS) and strange == missing == []


def test_strange_double_and_missing_headings_are_told():
    assert read_headings(["客户", "客户", "价格", ""]) == ({"customer": 0}, ["客户", "价格"], ["scope"])
    assert read_headings(["服务内容"])[2] == ["customer"]


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("2026-12-01 09:30", False, (2026, 12, 1, 9, 30)),
        ("2026/12/1 9:30:00", False, (2026, 12, 1, 9, 30)),
        ("2026年12月1日", False, (2026, 12, 1, 0, 0)),
        ("2026-12-01", True, (2026, 12, 1, 23, 59)),
    ],
)
def test_times_are_the_sites(text, last, expected):
    assert moment(text, PARIS, last=last) == datetime.datetime(*expected, tzinfo=PARIS)


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-02-30", "45992", "2026-12-01 25:00", "12/01/2026"])
def test_what_is_no_time_is_said(text):
    with pytest.raises(Wrong, match=text):
        moment(text, PARIS)


@pytest.mark.parametrize("text", ["14", "43201", "-30", "1.5", "一小时", "１２０", "1e3"])
def test_what_is_no_duration_is_said(text):
    with pytest.raises(Wrong):
        minutes(text)


def test_durations_scopes_and_lists():
    assert (minutes(""), minutes("90")) == (None, 90)
    assert lines("检查电源；清洁\n 升级  固件 ;") == ["检查电源", "清洁", "升级 固件"]
    assert several("EQ-1, EQ-2、EQ-1；") == ["EQ-1", "EQ-2"]
    for scope in (" ； ", "x" * 301, ";".join("x" * 31)):
        with pytest.raises(Wrong):
            lines(scope)


def test_words_are_codes_or_labels():
    words = {"high": ["高", "high"], "low": ["低"]}
    assert [one_of(text, words, "normal") for text in ("", "HIGH", "高", "low")] == ["normal", "high", "high", "low"]
    with pytest.raises(Wrong, match="高, 低"):
        one_of("urgent", words)


def test_a_customers_own_number_is_the_row():
    assert key_of("A-1", 7, {"scope": ["a"]}) == key_of("A-1", 7, {"scope": ["b"]}) != key_of("A-1", 8, {"scope": ["a"]})
    assert key_of("", 7, {"scope": ["a"]}) != key_of("", 7, {"scope": ["b"]})
    assert key_of("", 7, {"x": 1, "y": 2}) == key_of("", 7, {"y": 2, "x": 1})

import datetime

import pytest

from visits.records.scrubbing import scrubbed
from visits.retention.terms import DEFAULT, KINDS, months_before, too_short

NOON = datetime.time(12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-25", 1, "2026-10-25"), ("2026-11-25", 11, "2025-12-25"), ("2026-01-31", 2, "2025-11-30"),
        ("2026-03-31", 1, "2026-02-28"), ("2028-02-29", 12, "2027-02-28"), ("2026-12-31", 60, "2021-12-31"),
    ],
)  # fmt: skip
def test_so_many_months_earlier(day, months, before):
    moment = datetime.datetime.combine(datetime.date.fromisoformat(day), NOON)

    assert months_before(moment, months) == datetime.datetime.combine(datetime.date.fromisoformat(before), NOON)


def test_a_term_is_never_shorter_than_the_law_wants():
    assert too_short(DEFAULT) == []
    assert too_short(DEFAULT | {"records": 35, "hours": 24}) == ["records"]
    assert too_short({}) == [kind.code for kind in KINDS]


def test_words_go_and_what_counts_stays():
    told = {
        "arrived_at": "2026-11-24T10:00+08:00",
        "results": {"1": {"result": "done", "action": "已更换", "quantity": 2}},
        "notes": [{"text": "李喆"}],
    }

    assert scrubbed(told) == {
        "arrived_at": "2026-11-24T10:00+08:00", "results": {"1": {"result": "done", "action": "", "quantity": 2}}, "notes": [{"text": ""}]
    }  # fmt: skip

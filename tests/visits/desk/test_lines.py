"""What headquarters reads of an entry, in one line."""

from types import SimpleNamespace

import pytest

from visits.desk.lines import line_of


@pytest.mark.parametrize(
    ("kind", "payload", "line"),
    [
        ("room_item", {"name": "万用表", "direction": "in", "quantity": 2}, "带入 · 万用表 · 2"),
        ("change_step", {"runbook_step": 3, "at": "2026-11-24T22:05+08:00", "result": "failed", "note": ""}, "3 · 失败"),
        ("departed", {"departed_at": "2026-11-24T12:05+00:00", "odd_time_reason": "补记"}, "2026-11-24 20:05 · 补记"),
        ("hq_confirmation", {"scope_item": 2, "confirmed_name": "", "confirmed_how": ""}, "2"),
        ("note", {"text": "机房偏热", "for_customer": False}, "机房偏热"),
    ],
)
def test_choices_stand_in_words_and_times_as_the_reader_counts_them(kind, payload, line):
    assert line_of(SimpleNamespace(kind=kind, payload=payload)) == line

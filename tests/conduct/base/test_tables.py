"""A spreadsheet from outside becomes rows of texts."""

import datetime
import io

from openpyxl import Workbook

from conduct.base.tables import read_rows


def test_a_time_that_a_spreadsheet_kept_some_milliseconds_short_is_the_time_that_was_meant():
    book, file = Workbook(), io.BytesIO()
    book.active.append([datetime.datetime(2026, 12, 7, 7, 59, 59, 900_000), 8.0, " 机房 ", None])
    book.save(file)

    assert read_rows("times.xlsx", file.getvalue(), most=5, columns=4) == [["2026-12-07 08:00:00", "8", "机房", ""]]

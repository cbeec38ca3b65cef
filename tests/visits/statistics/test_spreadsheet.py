"""What leaves as XLSX is what the page shows, and no cell becomes a formula."""

import io

import openpyxl
import pytest

from conduct.customers.models import Customer
from tests.factories import visits as make
from visits.statistics.spreadsheet import Workbook


def sheets(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def test_the_figures(client, house, chen, wang, manager_sun, at):
    make.signed(chen, at, wang.engineer)
    client.force_login(manager_sun)
    book = sheets(client.get("/month/2026-11/export.xlsx"))
    rows = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
    assert rows["准时到达率"] == 1 and rows["评价"] == "无数据" and rows["任务数"] == 1
    assert [sheet.title for sheet in book.worksheets] == ["月报", "按状态", "工程师", "客户", "指标含义"]


def test_the_visits(client, house, chen, wang, manager_sun, at):
    visit, _sign_off = make.signed(chen, at, wang.engineer)
    Customer.objects.update(name="=1+1")
    client.force_login(manager_sun)
    head, row = sheets(client.get("/month/2026-11/visits.xlsx")).active.iter_rows()
    assert (row[0].value, row[2].value, row[5].value, row[5].data_type) == (visit.number, "已签字", "=1+1", "s")
    assert (row[3].value.hour, row[11].value) == (12, 60)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "http://example.com"])
def test_text_stays_text(tmp_path, text):
    with Workbook(str(tmp_path / "x.xlsx")) as book:
        book.sheet("x", ["a"], [[text]])
    cell = openpyxl.load_workbook(tmp_path / "x.xlsx").active["A2"]
    assert cell.data_type == "s" and cell.hyperlink is None

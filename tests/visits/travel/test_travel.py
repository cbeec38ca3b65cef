"""The table of travel times: typed, imported whole or not at all, and asked either way."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from conduct.base.tables import Unreadable
from visits.travel.models import TravelTime
from visits.travel.queries import travel
from visits.travel.sheets import read
from visits.travel.times import Travel


def test_the_way_back_counts_where_nobody_said_otherwise():
    table = Travel({("南京", "上海"): 120, ("南京", "武汉"): 200, ("武汉", "南京"): 210})
    assert table.minutes("上海", "南京") == 120
    assert (table.minutes("南京", "武汉"), table.minutes("武汉", "南京")) == (200, 210)
    assert table.minutes("南京", "南京") == 0
    assert table.minutes("南京", "合肥") is None and table.minutes("", "南京") is None


def csv(text):
    return read("times.csv", text.encode())


def test_a_table_with_a_heading_hours_and_an_empty_row():
    assert csv("从,到,分钟\n南京,上海,120\n\n南京,武汉,3:20\n") == ([("南京", "上海", 120), ("南京", "武汉", 200)], [])
    assert csv("南京,上海,120\n") == ([("南京", "上海", 120)], [])


@pytest.mark.parametrize(
    ("row", "cell"),
    [(",上海,120", "A2"), ("南京,,120", "B2"), ("南京,南京,120", "B2"), ("南京,上海,soon", "C2"), ("南京,上海,-5", "C2"),
     ("南京,上海,0", "C2"), ("南京,上海,99999", "C2"), ("南京", "B2"), (f"{'长' * 41},上海,5", "A2")],
)  # fmt: skip
def test_every_bad_cell_is_named(row, cell):
    rows, wrong = csv(f"from,to,minutes\n{row}\n合肥,南京,60\n")
    assert rows == [("合肥", "南京", 60)] and wrong[0].startswith(f"{cell}: ")


def test_two_times_for_the_same_way_are_one_too_many():
    assert csv("南京,上海,120\n南京,上海,130\n")[1][0].startswith("C2")
    assert csv("南京,上海,120\n南京,上海,120\n")[1] == []


def test_workbooks_and_old_chinese_text_are_read_and_pictures_are_not():
    book, out = Workbook(), io.BytesIO()
    for row in (["从", "到", "分钟"], ["南京", "上海", 120.0], ["南京", "=1+1", "1:05"]):
        book.active.append(row)
    book.save(out)
    assert read("t.XLSX", out.getvalue())[0][0] == ("南京", "上海", 120)
    assert read("t.csv", "南京,上海,120".encode("gb18030"))[0] == [("南京", "上海", 120)]
    for name in ("t.xlsx", "t.csv"):
        with pytest.raises(Unreadable):
            read(name, b"\x89PNG\r\n\x1a\n\0\0\0\xff\xff")


def upload(client, text):
    return client.post("/travel-times/import/", {"sheet": SimpleUploadedFile("t.csv", text.encode())})


def test_nothing_is_imported_while_a_cell_is_wrong(client, house, chen):
    client.force_login(chen)

    response = upload(client, "南京,上海,120\n南京,武汉,bald\n")

    assert response.status_code == 422 and "C2" in response.content.decode()
    assert not TravelTime.objects.exists()


def test_an_import_adds_and_changes_and_leaves_the_rest(client, house, chen):
    client.force_login(chen)
    client.post("/travel-times/", {"origin": "南京", "destination": "合肥", "minutes": 70, "both_ways": "on"})

    assert upload(client, "南京,合肥,60\n南京,上海,120\n").status_code == 302

    assert travel().table == {("南京", "合肥"): 60, ("合肥", "南京"): 70, ("南京", "上海"): 120}


def test_a_way_within_one_city_is_refused_beside_its_field(client, house, chen):
    client.force_login(chen)
    response = client.post("/travel-times/", {"origin": "南京", "destination": "南京", "minutes": 5})
    assert "destination" in response.context["form"].errors


def test_removing_a_way(client, house, chen):
    row = TravelTime.objects.create(origin="南京", destination="上海", minutes=120)
    client.force_login(chen)
    client.post(f"/travel-times/{row.pk}/remove/")
    assert not TravelTime.objects.exists()

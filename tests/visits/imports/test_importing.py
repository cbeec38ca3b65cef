"""Chen gets a spreadsheet from a customer: she sees every bad cell, and imports what is good once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from conduct.people.models import Skill
from tests.factories import visits
from visits.imports.models import OrderImport
from visits.orders.models import WorkOrder

HEADING = "外部单号,现场编号,客户,现场,联系人,设备编号,报修故障,服务内容,期望起始,期望截止,优先级,预计时长,所需技能"
GOOD = "A-1,S-0001,,,李喆,EQ-000001,交换机丢包,检查电源；升级固件,2026-12-01 09:00,2026-12-01,高,90,网络"


@pytest.fixture
def desk(client, chen, house):
    site = visits.site()
    item = site.equipment.get()
    item.number = "EQ-000001"
    item.save()
    Skill.objects.create(code="network", name="网络")
    client.force_login(chen)
    return client


def upload(desk, *rows, heading=HEADING, name="orders.csv", encoding="utf-8"):
    data = "\n".join([heading, *rows]).encode(encoding)
    response = desk.post("/orders/import/", {"sheet": SimpleUploadedFile(name, data)})
    return response.url if response.status_code == 302 else response.content.decode()


def problems(desk, *rows, **facts):
    page = desk.get(upload(desk, *rows, **facts)).context
    return {cell: why for row in page["bad"] for cell, why in row.problems}


def test_a_clean_file_becomes_orders_once(desk, at):
    address = upload(desk, GOOD, "A-2,,南京市第一中学,,,,,更换灯泡,,,,,")
    assert WorkOrder.objects.count() == 0

    desk.post(address, {})
    desk.post(address, {})

    first, second = WorkOrder.objects.order_by("number")
    assert [item.text for item in first.scope.all()] == ["检查电源", "升级固件"]
    assert first.priority == "high" and first.duration_minutes == 90 and first.contact.name == "李喆"
    assert first.wanted_from.isoformat() == "2026-12-01T01:00:00+00:00" and first.wanted_to.isoformat() == "2026-12-01T15:59:00+00:00"
    assert [skill.code for skill in first.skills.all()] == ["network"] and first.equipment.count() == 1
    assert second.site.number == "S-0001" and OrderImport.objects.get().state == "done"


def test_the_customers_own_number_stays_with_its_order_and_finds_it(desk, chen, at):
    desk.post(upload(desk, GOOD, "A-2,S-0001,,,,,,更换灯泡,,,,,"), {})
    other = visits.site(visits.customer("C-0002", "苏州中学"), "S-0002")
    desk.post(upload(desk, f"A-1,{other.number},,,,,,检查电源,,,,,", name="others.csv"), {})  # numbers of two customers may be the same

    visits.order(chen, at, other, reference="T-7")  # somebody called before the list came
    (told,) = desk.get(upload(desk, f"T-7,{other.number},,,,,,换风扇,,,,,", name="late.csv")).context["known"]
    assert told.known.reference == "T-7" and WorkOrder.objects.count() == 4

    theirs = WorkOrder.objects.filter(reference="A-1").order_by("number")
    assert [order.site.number for order in theirs] == ["S-0001", "S-0002"]
    assert [row["number"] for row in desk.get("/orders/?q=a-2").context["page"].rows] == [WorkOrder.objects.get(reference="A-2").number]
    assert "A-1" in desk.get(theirs[0].get_absolute_url()).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_same_rows_again_do_not_double(desk, encoding):
    desk.post(upload(desk, GOOD, encoding=encoding), {})
    again = upload(desk, GOOD.replace("高", "低"), ",S-0001,,,,,,清洁,,,,,", name="again.csv")

    assert [row.known.number for row in desk.get(again).context["known"]] == [WorkOrder.objects.get().number]
    desk.post(again, {})
    desk.post(upload(desk, ",S-0001,,,,,,清洁,,,,,", name="third.csv"), {})
    assert WorkOrder.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (GOOD.replace("A-1", "A" * 61), "A2"),
        (GOOD.replace("S-0001", "S-0099"), "B2"),
        (GOOD.replace("S-0001,", "S-0001,别的学校"), "B2"),
        ("A-1,,无此客户,,,,,检查,,,,,", "C2"),
        ("A-1,,,,,,,检查,,,,,", "B2"),
        (GOOD.replace("李喆", "王五"), "E2"),
        (GOOD.replace("EQ-000001", "EQ-000009"), "F2"),
        (GOOD.replace("交换机丢包", "请打王工手机 13812345678"), "G2"),
        (GOOD.replace("检查电源；升级固件", " "), "H2"),
        (GOOD.replace("2026-12-01 09:00", "下周一"), "I2"),
        (GOOD.replace("2026-12-01,高", "2026-11-30,高"), "J2"),
        (GOOD.replace("高", "特急"), "K2"),
        (GOOD.replace(",90,", ",5,"), "L2"),
        (GOOD.replace(",网络", ",魔法"), "M2"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_imported(desk, chen, row, cell):
    chen.telephone = "13812345678"
    chen.save()
    assert list(problems(desk, row)) == [cell]

    desk.post(OrderImport.objects.get().get_absolute_url(), {"without_bad": "on"})
    assert WorkOrder.objects.count() == 0


def test_bad_rows_are_left_out_only_when_somebody_agrees(desk):
    address = upload(desk, GOOD, "A-2,S-0099,,,,,,检查,,,,,")

    assert desk.post(address, {}).status_code == 422 and WorkOrder.objects.count() == 0
    assert desk.post(address, {"without_bad": "on"}).status_code == 302 and WorkOrder.objects.count() == 1


def test_a_row_twice_in_a_file_is_a_mistake(desk):
    assert problems(desk, GOOD, GOOD) == {"A3": "与第 2 行相同"}


def test_a_customer_with_two_sites_asks_which(desk):
    from conduct.customers.models import Customer

    visits.site(Customer.objects.get(), "S-0002").customer.sites.filter(number="S-0002").update(name="教学楼")
    assert "S-0001 本部机房, S-0002 教学楼" in problems(desk, "A-1,,南京市第一中学,,,,,检查,,,,,")["C2"]
    assert problems(desk, "A-1,,南京市第一中学,教学楼,,,,检查,,,,,") == {}


def test_rows_that_are_likely_open_orders_wait_for_a_word(desk, chen, at):
    known = visits.order(chen, at, visits.Site.objects.get())
    rows = [GOOD.replace("检查电源；升级固件", "更换电源模块；升级固件"), "A-2,S-0001,,,,,会议室投影机没有图像,更换灯泡,,,,,"]
    address = upload(desk, *rows)
    assert [row.likely for row in desk.get(address).context["likely"]] == [[known]]

    refused = desk.post(address, {})
    assert refused.status_code == 422 and refused.context["form"].errors["likely"] and WorkOrder.objects.count() == 1
    assert desk.post(address, {"likely": "leave"}).status_code == 302 and WorkOrder.objects.count() == 2
    desk.post(upload(desk, *rows), {"likely": "take"})
    assert WorkOrder.objects.count() == 3


def test_certificates_and_the_change_window_come_along(desk):
    heading = f"{HEADING},所需证书,变更窗口起始,变更窗口截止"
    assert problems(desk, f"{GOOD},,2026-12-01 22:00,", heading=heading) == {"O2": "缺少变更窗口的另一端"}
    desk.post(upload(desk, f"{GOOD},网络,2026-12-01 22:00,2026-12-02 02:00", heading=heading), {})

    order = WorkOrder.objects.get()
    assert (order.change_from.isoformat(), order.change_to.hour) == ("2026-12-01T14:00:00+00:00", 18) and order.certified.count() == 1


def test_unknown_and_missing_columns_are_told(desk):
    page = desk.get(upload(desk, "南京市第一中学,3", heading="客户,价格")).content.decode()

    assert "价格" in page and "服务内容" in page and "without_bad" not in page


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK\x03\x04nothing"), ("a.csv", b"\x00\x01\xff"), ("a.csv", HEADING.encode()), ("a.csv", ("x\n" * 600).encode())],
)
def test_what_is_no_table_is_refused(desk, name, data):
    response = desk.post("/orders/import/", {"sheet": SimpleUploadedFile(name, data)})

    assert response.status_code == 422 and not OrderImport.objects.exists()


def test_a_workbook_with_a_formula_and_the_sample(desk):
    book = Workbook()
    book.active.append(HEADING.split(","))
    book.active.append(["A-1", "S-0001", "", "", "", "", "=1+1", "检查", None, None, "", 90.0, ""])
    out = io.BytesIO()
    book.save(out)

    desk.post(upload_workbook(desk, out.getvalue()), {})

    order = WorkOrder.objects.get()
    assert order.duration_minutes == 90 and order.reported_fault == ""
    assert desk.get("/orders/import/sample.xlsx").content[:2] == b"PK"
    assert upload_workbook(desk, desk.get("/orders/import/sample.xlsx").content) is None  # headings only


def upload_workbook(desk, data):
    response = desk.post("/orders/import/", {"sheet": SimpleUploadedFile("orders.xlsx", data)})
    return response.url if response.status_code == 302 else None


def test_a_file_that_was_thrown_away_stays_so(desk):
    address = upload(desk, GOOD)
    desk.post(f"{address}discard/")
    desk.post(address, {})

    assert OrderImport.objects.get().state == "discarded" and WorkOrder.objects.count() == 0

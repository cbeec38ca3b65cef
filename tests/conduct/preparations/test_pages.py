"""The pages of preparations, and the timetable that is imported."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from conduct.preparations.models import Job, PreparationPolicy
from tests.factories import preparations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
HEAD = "类别,名称,系部,教室,开始,班级,软件,提交人"
GOOD = ["新课程,Java 程序设计,信息系,机房 401,2026-12-14 08:00,软件2401,JDK 21,何洁", "期末,英语听力,外语系,听力室 2,2026/12/21 14:00,,,"]


def sheet(*rows, name="课表.csv", encoding="utf-8"):
    return {"sheet": SimpleUploadedFile(name, "\n".join(rows).encode(encoding), "text/csv")}


@pytest.fixture
def table(client, triager_li, reporter_he, settings):
    client.force_login(triager_li)
    return lambda *rows, **facts: client.post("/preparations/import/", sheet(*rows, **facts), follow=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_timetable_becomes_jobs(table, reporter_he, encoding):
    page = table(HEAD, *GOOD, encoding=encoding).content.decode()
    course, final = Job.objects.order_by("number")
    assert "已排入 2 项准备工作" in page
    assert (course.kind, course.teacher, course.software, course.group) == ("course", reporter_he, "JDK 21", "软件2401")
    assert (final.kind, final.room, final.starts_at.hour) == ("final", "听力室 2", 6)  # 14:00 in Shanghai


def test_the_same_timetable_again_plans_nothing_twice(table):
    table(HEAD, *GOOD)
    page = table(*GOOD, "考试,高等数学,基础部,机房 402,2026-12-15 10:00").content.decode()
    assert Job.objects.count() == 3 and "2 项此前已排入" in page


def test_every_wrong_cell_is_named_and_nothing_is_taken(table):
    rows = [
        *GOOD, "随堂测,英语,外语系,听力室,2026-12-21 14:00", "考试,,外语系,听力室,2026-12-21 14:00", "考试,英语,外语系,听力室,明天",
        "考试,英语,外语系,听力室,2026-12-21 14:00,,,无名氏", f"考试,{'英' * 101},外语系,听力室,2026-12-21 14:00",
    ]  # fmt: skip
    page = table(HEAD, *rows).content.decode()
    for cell in ("A4: “随堂测”", "B5: 缺少", "E6: “明天”", "H7: ", "B8: 超过 100 个字符"):
        assert cell in page, cell
    assert not Job.objects.exists()


def test_a_row_in_the_past_stops_the_whole_timetable(table):
    page = table(HEAD, *GOOD, "考试,旧考试,外语系,听力室,2020-01-06 14:00").content.decode()
    assert "旧考试, 听力室: " in page and not Job.objects.exists()


def test_a_workbook_holds_times_as_times(client, triager_li, at):
    book = Workbook()
    book.active.append(["final", "English", "Languages", "Lab 2", at.replace(year=2027, tzinfo=None)])
    data = io.BytesIO()
    book.save(data)
    client.force_login(triager_li)
    client.post("/preparations/import/", {"sheet": SimpleUploadedFile("t.xlsx", data.getvalue())})
    assert Job.objects.get().kind == "final"


@pytest.mark.parametrize(("name", "data"), [("t.xlsx", b"PK nonsense"), ("t.csv", b"\x00\x01"), ("t.csv", b"")])
def test_what_is_no_table_is_refused(client, triager_li, name, data):
    client.force_login(triager_li)
    response = client.post("/preparations/import/", {"sheet": SimpleUploadedFile(name, data)})
    assert response.status_code == 422 and not Job.objects.exists()


def test_a_job_by_hand_with_what_was_typed_kept(client, triager_li):
    client.force_login(triager_li)
    data = {"kind": "exam", "name": "高等数学", "department": "基础部", "room": "机房 1", "starts_at": "2020-12-14T08:00"}
    page = client.post("/preparations/new/", data).content.decode()
    assert "已经过去" in page and 'value="高等数学"' in page
    client.post("/preparations/new/", data | {"starts_at": "2036-12-15T08:00"})
    again = client.post("/preparations/new/", data | {"starts_at": "2036-12-15T08:00"}).content.decode()
    assert Job.objects.get().room == "机房 1" and "已排入" in again


def test_the_technician_takes_ticks_and_says_ready(client, triager_li, wang, zhao, at):
    job = preparations.job(triager_li, at, days=4000)
    address = job.get_absolute_url()
    client.force_login(wang)
    assert "我来准备" in client.get(address).content.decode()
    client.post(f"{address}take/")
    assert "尚未检查" in client.post(f"{address}ready/", follow=True).content.decode()
    client.post(f"{address}checks/", {f"done_{check.pk}": "on" for check in job.checks.all()})
    client.post(f"{address}ready/")
    assert Job.objects.get().state == "ready"
    client.force_login(zhao)
    assert client.post(f"{address}checks/").status_code == 404
    assert client.post(f"{address}reopen/", {"reason": "x"}).status_code == 404


def test_the_teaching_department_hands_in_its_standard(client, triager_li, reporter_he, at):
    job = preparations.job(triager_li, at, "course", days=4000)
    client.force_login(reporter_he)
    address = f"{job.get_absolute_url()}standard/"
    assert client.post(address, {"standard": ""}).status_code == 422
    file = SimpleUploadedFile("标准.pdf", b"%PDF-1.4 x", "application/pdf")
    client.post(address, {"standard": "JDK 21", "file": file})
    got = client.get(f"{address}file/")
    assert b"".join(got.streaming_content) == b"%PDF-1.4 x"
    assert "JDK 21" in client.get(job.get_absolute_url()).content.decode()


def test_late_ones_are_loud(client, triager_li, manager_sun, at):
    job = preparations.job(triager_li, at, days=1)  # two working days ahead: late at once
    Job.objects.filter(pk=job.pk).update(due_on="2020-01-01")
    client.force_login(manager_sun)
    assert "alert-danger" in client.get("/preparations/").content.decode()
    assert job.number in client.get("/preparations/?show=late").content.decode()
    assert "alert-danger" in client.get(job.get_absolute_url()).content.decode()


def test_the_policy_page(client, triager_li):
    client.force_login(triager_li)
    data = {"standard_days": 7, "course_days": 1, "exam_days": 3, "midterm_days": 7, "final_days": 7, "warn_days": 2}
    assert client.post("/preparations/policy/", data | {"exam_days": 61}).status_code == 200
    assert not PreparationPolicy.objects.exists()
    client.post("/preparations/policy/", data | {"checks_exam": "钥匙\n\n  投影 "})
    rule = PreparationPolicy.objects.get()
    assert (rule.exam_days, rule.in_working_days, rule.checks["exam"]) == (3, False, ["钥匙", "投影"])
    assert client.post("/preparations/policy/", data | {"checks_exam": "x" * 201}).status_code == 200

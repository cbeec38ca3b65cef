"""A month is handed in: packs are made by themselves, sent, received, and chased when they are missing."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from pypdf import PdfReader

from conduct.attendance.models import ClockEntry
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.files.queries import read
from conduct.notices.models import Notice
from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import ChannelError, Receipt
from conduct.outbox.models import Delivery
from conduct.outbox.reasons import Reason
from conduct.people.models import Department
from conduct.tally import actions as tally
from conduct.workdays.actions import load_standard
from tests.factories import visits as make
from tests.people import SHANGHAI
from visits.packs import actions, chasing
from visits.packs.backup import zips
from visits.packs.models import Pack, PackPolicy
from visits.packs.queries import next_days, to_make

DUE = datetime.datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def rule(house, manager_sun, at):
    policy = PackPolicy(mailbox="office@example.com", first_month="2026-11")
    return actions.save_policy(policy=policy, by=manager_sun, at=at)


@pytest.fixture
def technical(wang):
    wang.department = Department.objects.create(name="技术部")
    wang.save()
    return wang.department


class Office:
    """The administration's mail server: takes everything, or refuses everything."""

    def __init__(self, refuses=False):
        self.refuses, self.parcels = refuses, []

    def send(self, parcel, point_of_no_return):
        if self.refuses:
            raise ChannelError(Reason.REFUSED, "mailbox full")
        point_of_no_return()
        self.parcels.append(parcel)
        return Receipt(final=True, code="250")


def carry_all(office):
    for delivery in Delivery.objects.filter(origin="pack", state="queued"):
        outbox.carry(delivery=delivery, channel_of=lambda code: office, now=lambda: DUE)
    return office


def made(at=DUE):
    actions.open_due(at=at)
    for pack in to_make(at).select_related("staff", "department"):
        actions.make(pack=pack, channels=["mail_folder"], at=at)


def pack_of(person):
    return Pack.objects.get(staff=person)


def names(pack):
    return [row.file.name for row in pack.files.select_related("file")]


def test_nothing_is_due_before_its_day_or_without_a_first_month(rule, wang, technical):
    assert actions.open_due(at=DUE - DAY) == 0
    PackPolicy.objects.update(first_month="")
    assert actions.open_due(at=DUE) == 0


def test_everybody_and_every_department_hands_in_once(rule, chen, wang, technical, manager_sun):
    assert actions.open_due(at=DUE) == 4
    assert actions.open_due(at=DUE + DAY) == 0
    assert {(pack.staff and pack.staff.name, pack.due_on.isoformat()) for pack in Pack.objects.all()} == {
        ("王磊", "2026-11-30"), ("陈静", "2026-11-30"), ("孙立", "2026-11-30"), (None, "2026-11-30"),
    }  # fmt: skip


def test_a_month_that_nobody_looked_at_is_made_up_for(rule, wang):
    actions.open_due(at=datetime.datetime(2027, 1, 5, 8, 0, tzinfo=SHANGHAI))
    assert set(Pack.objects.values_list("month", flat=True)) == {"2026-11", "2026-12"}


def test_the_day_is_known_a_month_ahead(rule):
    assert [(month, day.isoformat()) for month, day in next_days(datetime.date(2026, 11, 1), rule)] == [
        ("2026-11", "2026-11-30"), ("2026-12", "2026-12-31"),
    ]  # fmt: skip


def test_what_a_pack_holds(rule, chen, wang, technical, at):
    visit, _sign_off = make.signed(chen, at, wang.engineer)
    slip = {"stock.damaged": 2, "stock.replaced": 1}
    tally.post(kind="slip", number="SS-1", day=at.date(), measures=slip, person="wang", department=technical.pk)

    made()

    pack = pack_of(wang)
    assert (pack.state, pack.facts["damaged"], pack.facts["replaced"], pack.facts["visits"]) == ("made", 2, 1, 1)
    assert names(pack)[:2] == ["2026-11-30技术部王磊.xlsx", "2026-11-30技术部王磊.pdf"]
    sheet, paper = (row.file for row in pack.files.all()[:2])
    cells = {row[0].value: row[1].value for row in openpyxl.load_workbook(io.BytesIO(read(sheet))).worksheets[0].iter_rows()}
    assert (cells["部门"], cells["人员"], cells["损坏数"], cells["签字率"]) == ("技术部", "王磊", 2, 1)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(read(paper))).pages)
    assert (
        visit.number in text
        and "王磊" in text
        and "2026-11" in text
        and "2026-11-30技术部.xlsx" in names(Pack.objects.get(staff=None))
    )


@pytest.fixture
def hours_of_wang(wang):
    """Wang came on the 23rd and left, came on the 24th and forgot to leave; nobody else clocks in."""
    for kind, day, hour in (("in", 23, 9), ("out", 23, 18), ("in", 24, 9)):
        moment = datetime.datetime(2026, 11, day, hour, tzinfo=SHANGHAI)
        ClockEntry.objects.create(staff=wang, kind=kind, at=moment, entered_at=moment)


def test_a_pack_holds_the_hours(rule, wang, technical, hours_of_wang):
    load_standard(code="office", name="标准", zone="Asia/Shanghai", at=DUE)
    made()

    book = openpyxl.load_workbook(io.BytesIO(read(pack_of(wang).files.first().file)))
    days = {row[0].value: [cell.value for cell in row[2:5]] for row in book["考勤"].iter_rows()}
    assert (days["2026-11-23"], days["2026-11-24"]) == (["09:00", "18:00", 9], ["09:00", "", 0])
    group = openpyxl.load_workbook(io.BytesIO(read(Pack.objects.get(staff=None).files.first().file)))["考勤"]
    assert [row[0].value for row in group.iter_rows()] == ["人员", "王磊"]


def test_a_pack_names_what_is_missing(client, rule, chen, wang, technical, manager_sun, hours_of_wang, at):
    load_standard(code="office", name="标准", zone="Asia/Shanghai", at=DUE)
    visit = make.finished(chen, at, wang.engineer)
    made()
    office = carry_all(Office())

    pack = pack_of(wang)
    missing = [(gap["code"], gap["about"]) for gap in pack.facts["missing"]]
    assert missing[0] == ("record", visit.number) and ("absent", "2026-11-25") in missing
    assert pack.facts["missing_count"] == len(missing)
    assert "no_out" not in {code for code, _about in missing}  # at a customer's on that day, nobody has to press
    body = next(parcel.body for parcel in office.parcels if "王磊" in parcel.subject)
    client.force_login(manager_sun)
    page = client.get(pack.get_absolute_url()).content.decode()
    paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(read(pack.files.all()[1].file))).pages)
    for text in (body, page, paper):
        assert f"{visit.number}: 记录未签字" in text and "2026-11-25: 缺勤" in text
    assert f"缺 {len(missing)} 项" in client.get("/packs/").content.decode()


def test_a_complete_month_says_so(client, rule, wang, technical, manager_sun):
    made()
    client.force_login(manager_sun)
    assert (pack_of(wang).facts["missing"], pack_of(wang).facts["missing_count"]) == ([], 0)
    assert "本月资料齐全" in client.get(pack_of(wang).get_absolute_url()).content.decode()


def test_who_forgot_the_clock_hears_of_it_before_the_day(rule, wang, hours_of_wang):
    load_standard(code="office", name="标准", zone="Asia/Shanghai", at=DUE)
    for day in (25, 26):
        chasing.remind(at=datetime.datetime(2026, 11, day, 8, 0, tzinfo=SHANGHAI))
    notice = Notice.objects.get(to=wang, code="pack.open_times")
    assert notice.facts["days"].endswith("20, 24") and notice.url == "/attendance/2026-11/"


def test_a_pack_arrives(rule, wang, technical):
    made()
    office = carry_all(Office())

    pack = pack_of(wang)
    assert (pack.state, pack.delivered_at) == ("delivered", DUE)
    parcel = next(parcel for parcel in office.parcels if "王磊" in parcel.subject)
    assert parcel.recipient == "office@example.com" and len(parcel.files) == 2


def test_a_pack_that_the_office_refuses_has_failed_and_is_made_again(rule, wang, technical, manager_sun):
    made()
    carry_all(Office(refuses=True))
    pack = pack_of(wang)
    assert pack.state == "failed" and pack.delivery.reason == Reason.REFUSED

    with pytest.raises(DomainError, match="原因"):
        actions.make_again(pack=pack, reason=" ", by=manager_sun, at=DUE)
    actions.make_again(pack=pack, reason="邮箱已清理", by=manager_sun, at=DUE)
    with pytest.raises(ForbiddenMove):
        actions.make_again(pack=pack, reason="再来", by=manager_sun, at=DUE)
    made()
    carry_all(Office())
    assert pack_of(wang).state == "delivered"


def test_only_one_worker_makes_a_pack(rule, wang):
    actions.open_due(at=DUE)
    one, other = pack_of(wang), pack_of(wang)
    assert actions.make(pack=one, channels=["mail_folder"], at=DUE) == "made"
    assert actions.make(pack=other, channels=["mail_folder"], at=DUE) is None
    assert Delivery.objects.filter(origin="pack", reference=one.number).count() == 1


def test_a_pack_that_cannot_be_made_says_why(rule, wang, monkeypatch):
    monkeypatch.setattr(actions, "pdf_of", lambda *args: 1 / 0)
    made()
    assert (pack_of(wang).state, pack_of(wang).problem) == ("failed", "ZeroDivisionError: division by zero")


def test_without_a_mailbox_packs_are_kept(rule, wang):
    PackPolicy.objects.update(mailbox="")
    made()
    assert pack_of(wang).state == "kept" and not Delivery.objects.exists()


def test_what_is_missing_is_chased_once(rule, wang, manager_sun):
    actions.open_due(at=DUE)
    chasing.chase(at=DUE + DAY)
    assert Notice.objects.count() == 0
    for days in (2, 3):
        chasing.chase(at=DUE + days * DAY)
    told = Notice.objects.filter(code="pack.missing", to=manager_sun)
    assert sorted(notice.facts["whose"] for notice in told) == ["孙立", "王磊"]


def test_who_has_open_records_hears_of_it_before_the_day(rule, chen, wang, at):
    make.finished(chen, at, wang.engineer)
    chasing.remind(at=datetime.datetime(2026, 11, 24, 18, 0, tzinfo=SHANGHAI))
    assert Notice.objects.filter(to=wang, code="pack.open_matters").count() == 0
    for day in (25, 26):
        chasing.remind(at=datetime.datetime(2026, 11, day, 18, 0, tzinfo=SHANGHAI))
    notice = Notice.objects.get(to=wang, code="pack.open_matters")
    assert (notice.facts["count"], notice.facts["day"]) == (1, "2026-11-30")


def test_the_files_of_a_month_travel_in_pieces(monkeypatch):
    monkeypatch.setattr("visits.packs.backup.LARGEST", 100)

    def read_it(thing):
        if thing is None:
            raise FileNotFoundError
        return thing

    files = [("V-1", "a.jpg", b"x" * 150), ("V-1", "a.jpg", b"y"), ("V-2", "b.jpg", None)]
    books = [zipfile.ZipFile(io.BytesIO(data)) for data in zips(files, read_it)]
    assert [book.namelist() for book in books] == [["V-1_a.jpg"], ["V-1_a.jpg", "V-2_b.jpg.missing"]]


def test_the_pages(client, rule, wang, technical, manager_sun, techmgr_qian):
    made()
    pack = pack_of(wang)
    client.force_login(manager_sun)
    assert (
        pack.number in client.get("/packs/").content.decode()
        and pack.number in client.get("/packs/?state=missing").content.decode()
    )
    page = client.get(pack.get_absolute_url()).content.decode()
    assert "2026-11-30技术部王磊.xlsx" in page
    row = pack.files.first()
    assert b"".join(client.get(f"{pack.get_absolute_url()}files/{row.file_id}/").streaming_content) == read(row.file)
    assert client.post(f"{pack.get_absolute_url()}again/", {"reason": "补数据"}).status_code == 302
    client.force_login(techmgr_qian)
    assert client.post(f"{pack.get_absolute_url()}again/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(("field", "value"), [("first_month", "2026-13"), ("mailbox", "nobody"), ("grace_days", 11)])
def test_a_rule_with_nonsense_is_refused_beside_its_field(client, house, manager_sun, field, value):
    client.force_login(manager_sun)
    facts = {"reading": "last_day", "mailbox": "a@b.example", "language": "en", "grace_days": 1, "first_month": "2026-11"} | {
        field: value
    }
    page = client.post("/packs/rule/", facts).content.decode()
    assert f'id="error_1_id_{field}"' in page and not PackPolicy.objects.exists()

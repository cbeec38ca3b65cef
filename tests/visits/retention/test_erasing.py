"""What is kept, how long, and what is left of a person or a record afterwards."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from conduct.attendance.models import ClockEntry
from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.notices.models import Notice
from conduct.outbox.models import Delivery
from conduct.people import actions as people
from conduct.people.models import Engineer, Staff
from conduct.trail.models import Event
from conduct.trail.queries import first_broken_link
from tests.factories import visits
from visits.papers import verdict
from visits.papers.actions import keep
from visits.papers.models import Paper
from visits.records.models import Entry, EntryFile, Record
from visits.retention import actions, queries
from visits.retention.models import RetentionPolicy
from visits.retention.terms import DEFAULT
from visits.schedule import actions as schedule
from visits.signoff.models import SignOff

DAY = datetime.timedelta(days=1)
PDF = b"%PDF-1.7 the sealed paper"


@pytest.fixture
def signed(house, chen, wang, at, monkeypatch):
    """A visit of Wang's that Li Zhe signed, with its paper in the safe."""
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    monkeypatch.setattr("visits.papers.actions.PdfReader", lambda file: type("Pages", (), {"pages": [1]}))
    paper = Paper.objects.get(sign_off=sign_off)
    Paper.objects.filter(pk=paper.pk).update(fence=1)
    keep(paper=paper, fence=1, pdf=PDF, key_id="key", stamp=None, no_stamp="", at=at)
    return SignOff.objects.get(pk=sign_off.pk)


def has_left(staff, by, at):
    staff.is_active = False
    return people.save_staff(staff=staff, roles=staff.roles, by=by, at=at)


def whole(sign_off):
    return SignOff.objects.filter(pk=sign_off.pk).values(*(name for name in FIELDS)).get()


FIELDS = [field.attname for field in SignOff._meta.concrete_fields if field.name not in ("restricted_at", "erased_at")]


def bytes_of(paper, settings):
    return (settings.MEDIA_ROOT / paper.file.path).read_bytes()


def test_li_zhe_is_erased_and_what_he_signed_stays_byte_for_byte(signed, admin_zhou, chen, manager_sun, at, client, settings):
    contact, before = signed.visit.order.contact, whole(signed)
    visits.WorkOrder.objects.update(state="closed")

    actions.erase_contact(contact=contact, reason="本人要求", by=admin_zhou, at=at)

    contact.refresh_from_db()
    assert (contact.name, contact.telephone, contact.email, contact.is_active) == (f"erased-{contact.pk}", "", "", False)
    assert whole(signed) == before
    assert bytes_of(Paper.objects.get(sign_off=signed), settings) == PDF
    address, page = f"/visits/{signed.visit.number}/paper.pdf", signed.visit.get_absolute_url()
    client.force_login(chen)
    assert client.get(address).status_code == 404
    assert "李喆" not in client.get(page).content.decode()
    client.force_login(manager_sun)
    assert client.get(address).status_code == 200


def test_a_contact_of_an_open_order_is_not_erased_from_under_it(signed, admin_zhou, at):
    order = signed.visit.order
    with pytest.raises(DomainError, match=order.number):
        actions.erase_contact(contact=order.contact, reason="本人要求", by=admin_zhou, at=at)


def test_wang_leaves_and_is_erased(signed, admin_zhou, wang, at, settings):
    before = whole(signed)
    tell(to=wang, code="question.answered", url="/", about="V-2026-000001", at=at)
    with pytest.raises(DomainError):
        actions.erase_staff(staff=wang, reason="本人要求", by=admin_zhou, at=at)
    has_left(wang, admin_zhou, at)

    actions.erase_staff(staff=wang, reason="本人要求", by=admin_zhou, at=at)

    gone = Staff.objects.get(pk=wang.pk)
    assert (gone.username, gone.name, gone.email, gone.telephone) == (f"erased-{wang.pk}", f"erased-{wang.pk}", "", "")
    assert not gone.has_usable_password() and not gone.roles and not Notice.objects.filter(to=gone).exists()
    assert Engineer.objects.get(staff=gone).home_city == ""
    assert whole(signed) == before and bytes_of(Paper.objects.get(sign_off=signed), settings) == PDF
    assert SignOff.objects.get(pk=signed.pk).restricted_at == at
    event = Event.objects.filter(verb="staff.erased").get()
    assert "王磊" not in json.dumps(event.data, ensure_ascii=False) and event.data["reason"] == "本人要求"
    with pytest.raises(DomainError):
        actions.erase_staff(staff=gone, reason="再来", by=admin_zhou, at=at)


def test_who_still_has_a_visit_is_not_erased(confirmed, wang, admin_zhou, at):
    has_left(wang, admin_zhou, at)

    with pytest.raises(DomainError, match=confirmed.number):
        actions.erase_staff(staff=wang, reason="本人要求", by=admin_zhou, at=at)


def test_at_the_end_of_its_term_a_record_goes_and_its_figures_stay(signed, chen, at, client, settings):
    visit, paper = signed.visit, Paper.objects.get(sign_off=signed)
    facts = visit.record.facts | {"promises": [{"entry": str(signed.pk), "text": "一周内提供报告", "due": ""}, {"text": "旧的", "due": ""}]}
    Record.objects.filter(visit=visit).update(facts=facts)
    path, minutes = settings.MEDIA_ROOT / paper.file.path, visit.record.minutes_on_site
    late = signed.signed_at + 1825 * DAY
    assert actions.erase_due(at=late)["records"] == 0

    assert actions.erase_due(at=late + 3 * DAY)["records"] == 1

    told = SignOff.objects.get(pk=signed.pk)
    assert (told.signer_name, told.signer_telephone, told.strokes, told.sha256) == ("", "", None, signed.sha256)
    assert "李喆" not in json.dumps(told.statement, ensure_ascii=False) and told.statement["number"] == visit.record_number
    said = json.dumps(
        [*Entry.objects.values_list("payload", flat=True), *Record.objects.values_list("facts", flat=True)], ensure_ascii=False
    )
    assert "已更换并测试" not in said and Record.objects.get(visit=visit).minutes_on_site == minutes
    assert not EntryFile.objects.exists() and Paper.objects.get(pk=paper.pk).file is None
    assert verdict.of_code(paper.code)["verdict"] == "genuine"
    client.force_login(chen)
    assert client.get(visit.get_absolute_url()).status_code == 200
    assert client.get(f"/orders/new/?site={visit.order.site_id}").status_code == 200
    assert first_broken_link() is None
    assert path.exists()  # the bytes go when the transaction is committed


@pytest.mark.django_db(transaction=True)
def test_the_bytes_leave_the_disk(signed, settings):
    path = settings.MEDIA_ROOT / Paper.objects.get(sign_off=signed).file.path

    actions.erase_due(at=signed.signed_at + 2000 * DAY)

    assert not path.exists()


def test_each_kind_goes_when_its_own_term_ends(house, chen, wang, at):
    tell(to=wang, code="question.answered", url="/", about="V-2026-000001", at=at)
    ClockEntry.objects.create(staff=wang, kind="in", at=at, entered_at=at)
    letter = {"number": "D-2026-000009", "channel": "mail_folder", "subject": "x", "message_id": "<9@x>", "queued_at": at}
    mail = Delivery.objects.create(
        origin="notice",
        reference="wang",
        recipient="wang@example.com",
        recipient_kind="staff_mail",
        body="王磊",
        state="confirmed",
        **letter,
    )

    def due(days):
        return {kind.code: count for kind, _months, count, _more in queries.listing(at + days * DAY) if count}

    assert due(300) == {}
    assert due(370) == {"notices": 1, "letters": 1}
    assert due(1100) == {"notices": 1, "letters": 1, "hours": 1}
    actions.erase_due(at=at + 370 * DAY)
    mail.refresh_from_db()
    assert (mail.recipient, mail.body, mail.state) == ("–", "", "confirmed")
    assert not Notice.objects.exists() and ClockEntry.objects.exists()
    assert Event.objects.filter(verb="retention.erased").count() == 2


def test_the_command_lists_and_erases_only_when_told(house, wang, capsys):
    long_ago = timezone.now() - 400 * DAY
    tell(to=wang, code="question.answered", url="/", about="V-2026-000001", at=long_ago)

    call_command("erase_due")
    assert "notices      12 months      1  due" in capsys.readouterr().out and Notice.objects.exists()

    call_command("erase_due", "--really")
    assert "notices 1" in capsys.readouterr().out and not Notice.objects.exists()


def test_zhou_keeps_records_for_ten_years(client, house, admin_zhou):
    client.force_login(admin_zhou)
    facts = DEFAULT | {"records": 120, "reason": "合同约定"}

    page = client.post("/retention/", facts, follow=True).content.decode()

    assert queries.terms()["records"] == 120
    assert "合同约定" in page and RetentionPolicy.objects.get().by == admin_zhou


def test_too_short_a_term_is_said_beside_its_field(client, house, admin_zhou):
    client.force_login(admin_zhou)

    page = client.post("/retention/", DEFAULT | {"records": 12, "reason": "磁盘满了"}).content.decode()

    assert "36" in page and 'value="12"' in page and 'aria-invalid="true"' in page and "磁盘满了" in page
    assert not RetentionPolicy.objects.exists()


def test_the_page_of_an_erasure_says_what_is_in_the_way(client, confirmed, wang, admin_zhou, at):
    client.force_login(admin_zhou)
    assert "请先在人员资料中注明此人已离职" in client.get("/retention/staff/wang/").content.decode()
    has_left(wang, admin_zhou, at)
    assert confirmed.number in client.get("/retention/staff/wang/").content.decode()
    visits.has_read(wang, at)
    schedule.cancel(visit=confirmed, cancel_reason="改派", by=admin_zhou, at=at)

    done = client.post("/retention/staff/wang/", {"reason": "本人要求"}, follow=True)

    assert "已删除" in done.content.decode() and Staff.objects.get(pk=wang.pk).erased_at
    assert client.get("/retention/staff/wang/").status_code == 404
    assert company().name

"""One story through everything that a customer gets: no page, paper, letter or file name tells who the engineer really is, how to reach
him, or for whom else he works. The engineer and the other customer carry words that stand nowhere else."""

import io

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from conduct.company.queries import company
from conduct.files.queries import read
from conduct.outbox.models import Delivery
from conduct.outbox.queries import parcel_of
from tests.factories import visits
from tests.people import PASSWORD, engineer
from tests.rooms import of_all
from tests.rooms.replies import drafted
from tests.visits.evaluations.test_links import WRITTEN
from tests.visits.invitations.test_links import MAIL, come, post, sent_by
from tests.visits.papers.pages import text_of
from visits.evaluations import actions as evaluations
from visits.feeds import actions as feeds
from visits.invitations import actions as invitations
from visits.papers import actions as papers
from visits.papers.models import Paper
from visits.papers.queries import input_of, sheet_of
from visits.papers.render import html_of, render
from visits.papers.seal import sealer
from visits.postponements import actions as postponements
from visits.replies.letter import body_of
from visits.schedule.queries import usual_identity
from visits.signoff import actions as signoff

HOUR, LANGUAGES = visits.HOUR, ("zh-hans", "en")
REAL, TELEPHONE, MAILBOX = "甄隐名", "13987650042", "zhen-kanarie@private.example"
OTHERS = ("金丝雀集团", "鸟笼路九号", "别家联系人", "025-80001111")
CANARIES = (REAL, TELEPHONE, MAILBOX, *OTHERS)
# Addresses without a sign-in: those that customers come to, and those of laptops, programs and our own premises.
CUSTOMERS = {
    "company:logo", "evaluations:enter", "evaluations:form", "invitations:enter", "invitations:record", "invitations:statement",
    "invitations:sign_off", "papers:verify", "papers:verify_code", "papers:certificates", "feeds:read", "signoff:shell",
}  # fmt: skip
NOT_CUSTOMERS = {
    *(f"exchange:{name}" for name in ("customers", "customer", "sites", "equipment", "one_equipment", "orders", "order", "visits", "visit", "papers", "paper")),
    "health:healthz", "health:readyz", "health:metrics", "schema", "laptop:queue_shell", "laptop:ready_shell", "records:shell",
    "repairs:label", "repairs:follow", "repairs:follow_photo", "shell:service_worker", "shell:manifest", "shell:offline",
}  # fmt: skip


def test_every_address_without_a_sign_in_is_sorted_here():
    assert set(of_all("ANYBODY")) == CUSTOMERS | NOT_CUSTOMERS


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def zhen(db):
    staff = engineer("zhen", REAL, "南京")
    staff.telephone, staff.email = TELEPHONE, MAILBOX
    staff.save()
    return staff


@pytest.fixture
def visit(house, chen, zhen, now):
    """Finished, with a note for the customer; the same engineer goes to somebody else next."""
    begun = now - 10 * HOUR
    finished = visits.finished(chen, begun, zhen.engineer)
    place = visits.site(visits.customer("C-0002", OTHERS[0]), "S-0002")
    place.address = OTHERS[1]
    place.save()
    place.contacts.update(name=OTHERS[2], telephone=OTHERS[3])
    visits.confirmed(chen, begun, zhen.engineer, work=visits.order(chen, begun, place), start=now + 24 * HOUR)
    return finished


def test_an_identity_that_was_agreed_with_one_customer_is_not_proposed_for_another(visit, chen, zhen, now):
    zhen.engineer.visits.update(identity_name="小金", identity_capacity=f"{OTHERS[0]}驻场")
    somebody_new = visits.order(chen, now, visits.site(visits.customer("C-0003", "苏州市实验小学"), "S-0003"))

    assert usual_identity(zhen.engineer, visit.order)["identity_name"] == "小金"
    proposed = str(usual_identity(zhen.engineer, somebody_new))
    assert "小金" not in proposed and OTHERS[0] not in proposed


def test_a_contractor_who_was_never_there_is_not_proposed_under_the_own_name(house, chen, zhen, now):
    somebody_new = visits.order(chen, now)
    people = [(REAL, "outstation", "甄工"), ("欧阳晓", "outstation", "欧阳工"), ("Li Wei", "outstation", "现场工程师"), (REAL, "employee", REAL)]
    for zhen.name, zhen.engineer.standing, proposed in people:
        assert usual_identity(zhen.engineer, somebody_new)["identity_name"] == proposed


def test_nothing_that_a_customer_gets_tells_who_the_engineer_is_or_for_whom_else_he_works(client, visit, zhen, chen, now, settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    told = dict([*_on_his_laptop(client, visit, zhen), *_by_link(visit, chen, now), *_papers(visit, zhen, now, tmp_path)])
    told |= dict([*_put_off(visit, chen, now), *_afterwards(visit, chen, now), *_letters(now)])
    feed, secret = feeds.open_feed(engineer=zhen.engineer, name="日历", by=zhen, at=now)

    assert len(told) > 30 and [where for where, text in told.items() if not text] == []
    assert [(where, word) for where, text in told.items() for word in CANARIES if word in text] == []
    assert "王工" in told["paper"] and "王工" in told["sheet zh-hans"] and "王工" in told["evaluation form"]
    calendar = Client().get(f"/feeds/{secret}.ics").content.decode()
    assert OTHERS[0] in calendar and [word for word in (TELEPHONE, MAILBOX, OTHERS[2], OTHERS[3]) if word in calendar] == []


def _page(client, address, data=None):
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code < 500, address
    return answer.content.decode()


def _on_his_laptop(client, visit, zhen):
    """The laptop in the customer's hands, and what it says where the customer may not go."""
    client.force_login(zhen)
    client.post(f"/visits/{visit.number}/sign/start/")
    own = f"/visits/{visit.number}/sign/"
    for language in LANGUAGES:
        yield f"sign page {language}", _page(client, f"{own}?language={language}")
        yield f"statement {language}", _page(client, f"/api/v1/visits/{visit.number}/statement/?language={language}")
        yield f"shell {language}", _page(client, f"/shell/sign/{language}/")
    yield "locked", _page(client, "/visits/")
    yield "take back", _page(client, f"{own}leave/")
    yield "not taken back", _page(client, f"{own}leave/", {"secret": "wrong"})
    client.post(f"{own}leave/", {"secret": PASSWORD})


def _by_link(visit, chen, now):
    """The customer signs elsewhere."""
    _invitation, address = invitations.invite(thing=visit, by=chen, at=now, **MAIL)
    client, token = Client(), address.partition("#")[2]
    yield "door", _page(client, "/signing/")
    page = come(client, token)
    yield "page by link", _page(client, "/signing/record/")
    yield "statement by link", str(page)
    yield "receipt by link", post(client, sent_by(page)).content.decode()
    yield "link used", _page(client, "/signing/", {"token": token})


def _papers(visit, zhen, now, folder):
    """The sheet before the visit, the first paper, and one that the engineer entered himself from what was signed by hand."""
    for language in LANGUAGES:
        yield f"sheet {language}", html_of(sheet_of(visit, language))
    first = Paper.objects.get()
    yield "first paper", html_of(input_of(first))
    visit.refresh_from_db()
    signoff.correct(visit=visit, reason="型号写错", by=zhen, at=now)
    visits.enter(visit, "step", {"step": "work"}, now)
    visits.enter(visit, "note", {"text": "型号更正为 S7706", "for_customer": True}, now)
    visits.enter(visit, "departed", {"departed_at": visits.iso(now - HOUR)}, now)
    signer = {"signer_name": "李喆", "signer_position": "主任", "signer_telephone": "025-84421234", "satisfaction": 5}
    signer |= {"comment": "", "refusal_reason": "", "no_stamp_reason": "公章外出"}
    scan = visits.SimpleUploadedFile("扫描.pdf", b"%PDF-1.4\n", content_type="application/pdf")
    signoff.transcribe(visit=visit, scan=scan, signer=signer, signed_at=now, language="zh-hans", by=zhen, at=now)
    second = papers.make(paper=Paper.objects.get(version=2), render=render, sealer=sealer(folder, company="远景信息", at=now), at=now)
    pdf = read(second.file)
    reader = PdfReader(io.BytesIO(pdf))
    attached = [data.decode() for files in reader.attachments.values() for data in files]
    yield "paper", text_of(pdf)
    yield "in the paper", "\n".join([str(reader.metadata), second.file.name, *attached])
    client = Client()
    for address in ("/verify/", f"/verify/{second.code}/", f"/verify/{first.code}/", "/verify/AAAA/", "/verify/certificates.pem"):
        yield address, _page(client, address)
    yield "dropped", _page(client, "/verify/", {"paper": visits.SimpleUploadedFile("报告.pdf", pdf)})


def _put_off(visit, chen, now):
    """Another order of the same customer is put off; the customer answers by link."""
    order = visits.order(chen, now, visit.order.site)
    facts = {"new_from": now + 200 * HOUR, "new_until": now + 220 * HOUR, "reason": "备件未到货"}
    made = postponements.postpone(order=order, by=chen, at=now, **facts)
    client, (_link, address) = Client(), invitations.invite(thing=made, by=chen, at=now, **MAIL)
    page = come(client, address.partition("#")[2])
    yield "postponement", _page(client, "/signing/record/")
    yield "postponement's statement", str(page)
    yield "postponement answered", post(client, sent_by(page)).content.decode()


def _afterwards(visit, chen, now):
    """The evaluation, and a letter in reply."""
    visit.refresh_from_db()
    client, (_link, token) = Client(), evaluations.issue(visit=visit, by=chen, at=now)
    yield "evaluation door", _page(client, "/evaluate/")
    client.post("/evaluate/", {"token": token})
    yield "evaluation form", _page(client, "/evaluate/form/")
    yield "evaluation thanks", _page(client, "/evaluate/form/", WRITTEN)
    reply = drafted(visit, chen, now)
    for language in LANGUAGES:
        reply.language = language
        with translation.override(language):
            context = {"reply": reply, "company": company(), "name": company().name_in(language), "day": now}
            yield f"letter {language}", render_to_string("paper/letter.html", context) + body_of(reply, company())


def _letters(now):
    """Every e-mail that is on its way to a customer."""
    for delivery in Delivery.objects.filter(recipient_kind="customer_mail"):
        parcel = parcel_of(delivery, delivery.attempts.create(fence=1, reference="x", started_at=now))
        yield f"mail {delivery.number}", "\n".join([parcel.subject, parcel.body, *(name for name, _type, _data in parcel.files)])

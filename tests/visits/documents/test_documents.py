"""A document of headquarters: handed to one engineer for one visit, marked, counted, taken back."""

import datetime
import io

import pytest
from pypdf import PdfReader

from conduct.base.errors import ForbiddenMove
from conduct.notices.models import Notice
from conduct.trail.models import Event
from tests.visits.documents.files import pdf, picture
from visits.documents import actions
from visits.documents.models import HandedDocument, Opening
from visits.retention import actions as retention
from visits.schedule.models import Visit

DAY = datetime.timedelta(days=1)


@pytest.fixture
def handed(on_site, online_wu, at):
    """Wu hands the wiring plan to Wang, who is on site."""
    return actions.hand_out(visit=on_site, title="接线图", file=pdf(), by=online_wu, at=at)


def opened(client, person, document):
    client.force_login(person)
    return client.post(f"/documents/{document.number}/open/")


def test_wu_hands_a_plan_to_wang_who_opens_it_with_his_name_on_it(client, on_site, online_wu, wang, zhao, manager_sun):
    client.force_login(online_wu)
    assert "/documents/new/" in client.get(on_site.get_absolute_url()).content.decode()
    client.post(f"/visits/{on_site.number}/documents/new/", {"title": "接线图", "file": pdf("plan.pdf")})
    document = HandedDocument.objects.get()
    assert Notice.objects.get(to=wang, code="document.handed_out").sentence.endswith("接线图")

    client.force_login(wang)
    assert "接线图" in client.get("/").content.decode() and "接线图" in client.get(on_site.get_absolute_url()).content.decode()
    answer = opened(client, wang, document)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "/Mark" in str(PdfReader(io.BytesIO(answer.content)).pages[0]["/Resources"]["/XObject"])
    assert [opened(client, other, document).status_code for other in (zhao, manager_sun)] == [404, 404]
    assert list(Opening.objects.values_list("by__username", flat=True)) == ["wang"]


def test_headquarters_sees_who_opened_it_when_and_how_often(client, handed, wang, chen):
    for _time in range(3):
        opened(client, wang, handed)
    client.force_login(chen)

    page = client.get(handed.get_absolute_url()).content.decode()

    assert "王磊" in page and '<td class="num" data-label="次数">3</td>' in page
    assert "打开 3 次" in client.get(handed.visit.get_absolute_url()).content.decode()
    assert Event.objects.filter(verb="document.opened", by_id=wang.pk).count() == 3


def test_withdrawn_by_hand_it_is_gone_for_wang_with_a_reason(client, handed, wang, chen, online_wu, at):
    client.force_login(chen)
    assert client.post(f"/documents/{handed.number}/withdraw/", {"reason": ""}).status_code == 422
    client.post(f"/documents/{handed.number}/withdraw/", {"reason": "旧版图纸"})

    assert opened(client, wang, handed).status_code == 404
    assert "接线图" not in client.get("/").content.decode()
    client.force_login(chen)
    assert "旧版图纸" in client.get(handed.get_absolute_url()).content.decode()
    with pytest.raises(ForbiddenMove):
        actions.withdraw(document=handed, reason="again", by=online_wu, at=at)


@pytest.mark.parametrize("state", ["archived", "cancelled", "missed"])
def test_the_end_of_the_visit_takes_it_back_by_itself(client, handed, wang, chen, state):
    assert opened(client, wang, handed).status_code == 200
    Visit.objects.update(state=state)
    assert opened(client, wang, handed).status_code == 404
    assert opened(client, chen, handed).status_code == 200
    assert "随任务自动收回" in client.get(handed.get_absolute_url()).content.decode()


def test_another_engineer_of_the_visit_does_not_inherit_it(client, handed, wang, zhao):
    Visit.objects.update(engineer=zhao.engineer)
    assert [opened(client, person, handed).status_code for person in (wang, zhao)] == [404, 404]


def test_what_cannot_be_marked_is_refused_beside_its_field(client, on_site, chen):
    client.force_login(chen)
    for file in (pdf(password="geheim"), picture("virus.png", kind="BMP")):
        page = client.post(f"/visits/{on_site.number}/documents/new/", {"title": "接线图", "file": file})
        assert page.status_code == 422 and page.context["form"].errors["file"] and 'value="接线图"' in page.content.decode()
    assert not HandedDocument.objects.exists()


def test_nothing_is_handed_out_after_the_end(client, on_site, chen):
    Visit.objects.update(state="archived")
    client.force_login(chen)
    assert client.post(f"/visits/{on_site.number}/documents/new/", {"title": "接线图", "file": pdf()}).status_code == 422


def test_file_and_openings_go_at_the_end_of_the_term(client, handed, wang, at):
    opened(client, wang, handed)
    assert retention.erase_due(at=at + 700 * DAY)["documents"] == 0

    assert retention.erase_due(at=at + 800 * DAY)["documents"] == 1

    handed.refresh_from_db()
    assert (handed.file, handed.engineer, Opening.objects.count()) == (None, wang.engineer, 0)


def test_a_picture_is_marked_too(client, on_site, chen, wang, at):
    document = actions.hand_out(visit=on_site, title="机柜", file=picture(), by=chen, at=at)
    answer = opened(client, wang, document)
    assert answer["Content-Type"] == document.file.content_type and answer.content != b""

"""What was asked of a visit and answered, in full; and what is asked before it is archived, when the record is closed."""

import datetime

import pytest

from conduct.base.errors import DomainError
from conduct.trail.models import Event
from tests.factories import visits
from tests.factories.changes import paper_on_site
from visits.followup.queries import lacking_before_archive
from visits.records.archiving import answer_before_archive

MINUTE = datetime.timedelta(minutes=1)
CODE = "after.customer_documents"


@pytest.fixture
def project(house, chen, wang, at):
    """A visit of a project, signed: its documents are asked for before it is archived."""
    visit, _sign_off = visits.signed(chen, at, wang.engineer, work=visits.order(chen, at, traits=["project"]))
    return visit


def test_what_is_asked_before_archiving_is_answered_by_chen(client, project, chen, wang, at):
    assert "rules" in lacking_before_archive(project)
    address = f"/visits/{project.number}/checklist/"
    client.force_login(wang)
    assert client.post(f"{address}{CODE}/", {f"{CODE}-answer": "yes"}).status_code == 404
    client.force_login(chen)
    assert f'href="{address}#archive"' in client.get(f"/visits/{project.number}/follow-up/").content.decode()

    refused = client.post(f"{address}{CODE}/", {f"{CODE}-answer": "no", f"{CODE}-note": ""})
    assert refused.status_code == 422 and "请说明" in refused.content.decode()
    assert client.post(f"{address}prepare.dress/", {"prepare.dress-answer": "yes"}).status_code == 404
    client.post(f"{address}{CODE}/", {f"{CODE}-answer": "yes", f"{CODE}-note": "验收单已签回"})

    assert "rules" not in lacking_before_archive(project)
    shown = client.get(address).content.decode()
    assert "验收单已签回" in shown and "陈静" in shown
    assert Event.objects.get(verb="rule.answered").data["rule"] == CODE
    client.force_login(wang)
    assert "<form method=\"post\" action=\"/visits" not in client.get(address).content.decode()


def test_once_it_is_archived_nothing_is_answered_any_more(project, chen, at):
    project.__class__.objects.filter(pk=project.pk).update(state="archived")
    with pytest.raises(DomainError):
        answer_before_archive(visit=project, rule_code=CODE, answer="yes", by=chen, at=at)


def test_the_whole_run_says_who_answered_what_and_when_with_its_evidence(client, confirmed, chen, wang, zhao, at):
    scan = paper_on_site(confirmed, at)
    virus = {"rule_code": "prepare.virus_scan", "file": scan}
    visits.enter(confirmed, "answer", virus | {"answer": "no", "note": "没有软件"}, at)
    visits.enter(confirmed, "answer", virus | {"answer": "not_applicable", "note": "未携带存储介质"}, at + MINUTE)
    client.force_login(chen)
    address = f"/visits/{confirmed.number}/checklist/"
    page = client.get(address).content.decode()

    assert page.index("未携带存储介质") < page.index("1 条此前的回答") < page.index("没有软件")
    assert page.count("2026-11-24 10:0") == 2 and "王磊" in page and "未回答" in page
    assert f"/visits/{confirmed.number}/files/{scan}/" in page
    assert client.get(f"/visits/{confirmed.number}/files/{scan}/").status_code == 200
    assert address in client.get(confirmed.get_absolute_url()).content.decode()
    client.force_login(zhao)
    assert client.get(address).status_code == 404

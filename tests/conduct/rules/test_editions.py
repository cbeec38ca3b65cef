"""Qian, the technical manager, prepares the next edition; Wang reads it before he confirms a visit under it."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.notices.models import Notice
from conduct.rules import actions, catalogue, spreadsheet
from conduct.rules.differences import difference
from conduct.rules.models import Acknowledgement, Edition, Rule
from conduct.rules.queries import briefing, current_edition, readers, rules_of, to_read
from conduct.trail.models import Event
from tests.factories import visits
from tests.forms import posted

DAY = datetime.timedelta(days=1)


@pytest.fixture
def draft(house, techmgr_qian, at):
    return actions.begin_draft(edition=Edition(code="2027.1"), by=techmgr_qian, at=at)


def rule(edition, code="work.scope_only"):
    return edition.rules.select_related("edition").get(code=code)


def test_a_draft_begins_as_a_copy_and_holds_for_nobody(draft, at):
    assert draft.rules.count() == 144
    assert current_edition(at).code == "2026.1"
    assert not difference(rules_of(current_edition(at)), rules_of(draft))


def test_a_published_edition_is_never_edited(draft, techmgr_qian, at):
    published = current_edition(at)
    for spoil in (
        lambda: actions.save_rule(rule=rule(published), by=techmgr_qian, at=at),
        lambda: actions.remove_rule(rule=rule(published), by=techmgr_qian, at=at),
        lambda: actions.import_rules(edition=published, rules=[], by=techmgr_qian, at=at),
        lambda: actions.discard(edition=published, by=techmgr_qian, at=at),
    ):
        with pytest.raises(ForbiddenMove):
            spoil()
    assert published.rules.count() == 144


def test_other_rules_under_a_published_name_are_refused(house, at):
    rows = [catalogue.plain(row) for row in rules_of(current_edition(at))]
    assert actions.load_edition(code="2026.1", rules=rows, by=None, at=at).rules.count() == 144
    with pytest.raises(DomainError):
        actions.load_edition(code="2026.1", rules=[{**rows[0], "zh": "改写"}, *rows[1:]], by=None, at=at)


def test_the_difference_names_what_is_new_gone_and_changed(draft, techmgr_qian, at):
    actions.remove_rule(rule=rule(draft), by=techmgr_qian, at=at)
    changed = rule(draft, "work.promises")
    changed.en, changed.severity = "Promises are written down", "critical"
    actions.save_rule(rule=changed, by=techmgr_qian, at=at)
    new = Rule(edition=draft, code="work.tidy", zh="收拾现场", en="Leave the place tidy", stage="work", enforce="brief", severity="minor", source="own")
    actions.save_rule(rule=new, by=techmgr_qian, at=at)

    found = difference(rules_of(current_edition(at)), rules_of(draft))

    assert [row.code for row in found.removed] == ["work.scope_only"]
    assert [row.code for row in found.added] == ["work.tidy"]
    assert [(row.code, [name for name, *_ in changes]) for row, changes in found.changed] == [("work.promises", ["en", "severity"])]


def test_who_publishes_second_is_told(draft, techmgr_qian, admin_zhou, at):
    actions.publish(edition=draft, valid_from=at + DAY, by=techmgr_qian, at=at)

    assert current_edition(at).code == "2026.1" and current_edition(at + DAY) == draft
    with pytest.raises(ForbiddenMove):
        actions.publish(edition=draft, valid_from=at + DAY, by=admin_zhou, at=at)


@pytest.mark.parametrize("spoil", ["past", "empty"])
def test_what_cannot_be_published(draft, techmgr_qian, at, spoil):
    if spoil == "empty":
        draft.rules.all().delete()
    with pytest.raises(DomainError):
        actions.publish(edition=draft, valid_from=at - DAY if spoil == "past" else at, by=techmgr_qian, at=at)


def test_a_visit_keeps_the_edition_it_was_published_with(draft, chen, wang, techmgr_qian, at):
    old = visits.proposed(chen, at, wang.engineer)
    planned = visits.planned(chen, at, wang.engineer, work=old.order, start=at + 8 * visits.HOUR)
    actions.remove_rule(rule=rule(draft), by=techmgr_qian, at=at)
    actions.publish(edition=draft, valid_from=at, by=techmgr_qian, at=at)
    visits.schedule.propose(visit=planned, by=chen, at=at + visits.HOUR)

    old.refresh_from_db()
    assert (old.edition.code, planned.edition.code) == ("2026.1", "2027.1")
    assert old.edition.rules.filter(code="work.scope_only").exists()


def test_an_edition_that_was_followed_by_another_can_still_be_read_and_the_visit_accepted(client, draft, chen, wang, techmgr_qian, at):
    visit = visits.proposed(chen, at, wang.engineer)
    Acknowledgement.objects.all().delete()
    actions.publish(edition=draft, valid_from=at, by=techmgr_qian, at=at)
    client.force_login(wang)
    for place in ("/", visit.get_absolute_url()):
        assert 'href="/rules/briefing/?edition=2026.1"' in client.get(place).content.decode(), place

    while b'name="code"' in (page := client.get("/rules/briefing/?edition=2026.1")).content:
        client.post("/rules/briefing/?edition=2026.1", {"code": page.context["rule"].code})

    visits.schedule.confirm(visit=visit, by=wang, at=at)
    assert to_read(current_edition(at), wang).count() == 34, "the new one is another matter"
    assert client.get("/rules/briefing/?edition=1999.1").status_code == 404


# ---- reading
def test_wang_cannot_confirm_before_he_has_read(client, chen, wang, house, at):
    visit = visits.proposed(chen, at, wang.engineer)
    Acknowledgement.objects.all().delete()

    with pytest.raises(DomainError, match="34"):
        visits.schedule.confirm(visit=visit, by=wang, at=at)
    client.force_login(wang)
    while b'name="code"' in (page := client.get("/rules/briefing/")).content:
        client.post("/rules/briefing/", {"code": page.context["rule"].code})
    visits.schedule.confirm(visit=visit, by=wang, at=at)

    assert Acknowledgement.objects.filter(staff=wang).count() == 34
    assert Event.objects.filter(verb="edition.acknowledged", subject=str(wang.pk)).count() == 1


def test_rules_are_read_in_their_order(house, wang, at):
    first, second, *_ = to_read(current_edition(at), wang)

    with pytest.raises(DomainError):
        actions.acknowledge(rule=second, by=wang, at=at)
    for _time in range(2):
        actions.acknowledge(rule=first, by=wang, at=at)
    assert to_read(current_edition(at), wang).first() == second


def test_headquarters_reads_its_own_chapters(house, chen, wang, at):
    held = current_edition(at)
    stages = {row.stage for row in briefing(held, chen.roles)}

    assert stages == {"brief", "office"}
    assert briefing(held, chen.roles).count() < briefing(held, wang.roles).count() == 34
    assert not briefing(held, {"reporter"}).exists()


def test_the_manager_sees_who_lags_behind(house, chen, wang, manager_sun, at):
    visits.has_read(wang, at)
    rows = {person.username: (read, asked) for person, read, asked in readers(current_edition(at))}

    assert rows["wang"] == (34, 34)
    assert rows["chen"][0] == 0 < rows["chen"][1]


def test_who_has_something_to_read_is_told_of_a_new_edition(draft, wang, techmgr_qian, at):
    actions.publish(edition=draft, valid_from=at, by=techmgr_qian, at=at)

    assert Notice.objects.filter(to=wang, code="edition.published", about="2027.1").count() == 1


# ---- files
@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_an_edition_goes_out_and_comes_in_the_same(client, draft, techmgr_qian, at, kind):
    client.force_login(techmgr_qian)
    data = client.get(f"/rules/editions/2026.1/rules.{kind}").content
    draft.rules.all().delete()

    response = client.post("/rules/editions/2027.1/import/", {"file": SimpleUploadedFile(f"r.{kind}", data)})

    assert response.status_code == 302
    assert not difference(rules_of(current_edition(at)), rules_of(draft))


def test_every_bad_line_of_a_sheet_is_named_and_nothing_imported(client, draft, techmgr_qian):
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.write(rules_of(draft))))
    book.worksheets[0]["B3"], book.worksheets[0]["F5"] = "moon", "deadly"
    out = io.BytesIO()
    book.save(out)
    client.force_login(techmgr_qian)

    page = client.post("/rules/editions/2027.1/import/", {"file": SimpleUploadedFile("r.xlsx", out.getvalue())}).content.decode()

    assert "第 3 行 · arrive.late_notice" not in page and "第 3 行" in page and "第 5 行" in page
    assert "“moon”，应为" in page and "deadly" in page and draft.rules.count() == 144


def test_a_sheet_that_is_too_long_is_not_cut_off(draft):
    rows = list(rules_of(draft)) * 14
    with pytest.raises(catalogue.CatalogueError, match="2000"):
        spreadsheet.read(spreadsheet.write(rows))


def a_zip_that_is_no_workbook():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as book:
        book.writestr("[Content_Types].xml", "<Types")
    return kept.getvalue()


@pytest.mark.parametrize("data", [b"PK nothing", a_zip_that_is_no_workbook(), b"\xff\xfe\x00", b"edition: [", b"just words", b"x: \x01"])
def test_what_is_no_catalogue_says_so(client, draft, techmgr_qian, data):
    client.force_login(techmgr_qian)

    response = client.post("/rules/editions/2027.1/import/", {"file": SimpleUploadedFile("r.bin", data)})

    assert response.status_code == 200 and response.context["errors"]


# ---- pages
def test_qian_makes_an_edition_by_hand(client, house, techmgr_qian, at):
    client.force_login(techmgr_qian)
    client.post("/rules/editions/new/", {"code": "2027.1"})
    facts = {"code": "work.tidy", "zh": "收拾现场", "en": "Leave the place tidy", "stage": "work", "severity": "minor", "source": "own", "evidence": "none"}

    refused = client.post("/rules/editions/2027.1/new/", facts | {"enforce": "gate"})
    assert refused.status_code == 200 and "before" in refused.context["form"].errors
    client.post("/rules/editions/2027.1/new/", facts | {"enforce": "brief"})
    assert client.get("/rules/editions/2027.1/").context["difference"].added[0].code == "work.tidy"
    client.post("/rules/editions/2027.1/work.tidy/", facts | {"enforce": "brief", "zh": "离场前收拾现场"})
    client.post("/rules/editions/2027.1/work.scope_only/remove/")
    client.post("/rules/editions/2027.1/publish/", {"valid_from": ""})

    edition = Edition.objects.get(code="2027.1")
    assert edition.published_by == techmgr_qian and edition.rules.get(code="work.tidy").zh == "离场前收拾现场"
    assert client.get("/rules/editions/2027.1/new/").status_code == 404
    late = client.post("/rules/editions/2027.1/work.tidy/", facts | {"enforce": "brief", "zh": "迟到的改动"})
    assert "已发布的版本不可修改" in (text := late.content.decode()) and "迟到的改动" in text, "who comes too late is told and keeps the typing"
    assert edition.rules.get(code="work.tidy").zh == "离场前收拾现场"


def test_nobody_writes_over_a_rule_that_somebody_else_changed(client, draft, techmgr_qian, admin_zhou, at):
    client.force_login(techmgr_qian)
    address = "/rules/editions/2027.1/work.scope_only/"
    mine = posted(client.get(address).context["form"]) | {"zh": "只做约定的事", "severity": "minor"}
    theirs = rule(draft)
    theirs.zh, theirs.when = "只做工单上的事", ["repair", "project"]
    actions.save_rule(rule=theirs, by=admin_zhou, at=at)

    page = client.post(address, mine)
    text = page.content.decode()
    assert "周颖" in text and "只做工单上的事" in text and "维修, 项目" in text and "只做约定的事" in text
    assert rule(draft).zh == "只做工单上的事"
    assert client.post(address, posted(page.context["form"])).status_code == 302 and rule(draft).zh == "只做约定的事"

    mine = posted(client.get(address).context["form"]) | {"zh": "只做约定的事，不多不少"}
    actions.remove_rule(rule=rule(draft), by=admin_zhou, at=at)
    page = client.post(address, mine)
    assert "只做约定的事，不多不少" in page.content.decode() and not draft.rules.filter(code="work.scope_only").exists()
    assert client.post(address, posted(page.context["form"])).status_code == 302 and rule(draft).zh == "只做约定的事，不多不少"
    assert client.post(address.replace("scope_only", "nothing"), {"zh": "x"}).status_code == 404


@pytest.mark.parametrize("what", ["publish", "discard", "import"])
def test_what_is_done_to_a_draft_as_a_whole_is_done_to_what_was_seen(client, draft, techmgr_qian, admin_zhou, at, what):
    client.force_login(techmgr_qian)
    file = client.get("/rules/editions/2027.1/rules.yaml").content
    told = posted(client.get("/rules/editions/2027.1/").context["publish_form"])
    actions.remove_rule(rule=rule(draft), by=admin_zhou, at=at)

    def send(told):
        told = told | {"file": SimpleUploadedFile("rules.yaml", file)}
        return client.post(f"/rules/editions/2027.1/{what}/", told, follow=True, headers={"referer": "http://testserver/rules/editions/2027.1/"})

    page = send(told)
    assert "周颖" in page.content.decode()
    draft.refresh_from_db()
    assert draft.is_draft and draft.rules.count() == 143
    send(posted(page.context.get("form") or page.context["publish_form"]))
    now = Edition.objects.filter(code="2027.1").first()
    assert {"publish": now and not now.is_draft, "discard": now is None, "import": now and now.rules.count() == 144}[what]


def test_what_changed_is_said_in_words(client, draft, techmgr_qian, at):
    changed = rule(draft, "room.consent")
    changed.enforce, changed.when = "check", ["project", "machine_room"]
    actions.save_rule(rule=changed, by=techmgr_qian, at=at)
    client.force_login(techmgr_qian)
    ((_rule, changes),) = client.get("/rules/editions/2027.1/").context["difference"].changed
    assert [str(word) for change in changes for word in change] == ["执行方式", "关卡", "检查", "适用条件", "机房", "项目, 机房"]


@pytest.mark.parametrize(("where", "facts"), [("new", {"code": "new"}), ("new", {"code": "2027/1"}), ("2027.1/new", {"code": "new"}), ("2027.1/new", {"code": "a/b"})])
def test_a_name_that_would_be_no_address_is_refused_beside_its_field(client, draft, techmgr_qian, where, facts):
    client.force_login(techmgr_qian)
    assert "code" in client.post(f"/rules/editions/{where}/", facts).context["form"].errors


def test_a_chapter_is_no_enforcement(client, house, chen):
    client.force_login(chen)
    filters = {row[0]: row[-1] for row in client.get("/rules/?stage=brief").context["filters"]}
    assert filters == {"stage": "brief", "enforce": None, "severity": None}


def test_a_draft_is_hidden_from_who_does_not_edit(client, draft, chen):
    client.force_login(chen)

    assert client.get("/rules/editions/2027.1/").status_code == 404
    assert client.post("/rules/editions/2027.1/publish/").status_code == 404
    assert client.get("/rules/readers/").status_code == 404


def test_two_editions_of_one_name_are_refused_beside_the_field(client, draft, techmgr_qian):
    client.force_login(techmgr_qian)

    assert "code" in client.post("/rules/editions/new/", {"code": "2027.1"}).context["form"].errors

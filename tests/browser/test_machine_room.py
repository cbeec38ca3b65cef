"""A machine room visit from the order to an appeal: a change in production, a need decided by telephone, what was not delivered.

Six people, each in a browser; Wang's laptop has no network in the machine room, because the server is stopped. `--stories` runs it,
`--pictures FOLDER` keeps every page that matters.
"""

import datetime
import io
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from conduct.customers.indexing import index_sites
from conduct.customers.models import Site
from conduct.rules.models import Rule
from tests.browser import machine_room as room
from tests.browser.desk import accept, call_and_archive, paper_of, propose, raise_order
from tests.browser.laptops import Laptop, make_ready, sign_in, take_back, until
from tests.browser.stages import arrive, leave, new_need, photo, result, to_the_customer, write
from tests.factories import visits
from tests.people import PASSWORD, SHANGHAI
from visits.records.items import uneven
from visits.schedule.models import Visit

pytestmark = pytest.mark.story
HOUR = datetime.timedelta(hours=1)
CHANGE, NEED, WAIVED = "核心交换机固件升级到 7.2", "给备用交换机划分 VLAN", "清点机房备件"
ANSWER, REMAINS = "下次窗口再升", "客户自行清点备件，请远程核对清单"
STEPS = ("备份配置", "上传固件", "重启并核对")
FORM = {
    "title": CHANGE, "requested_name": "李喆", "duration_minutes": "40", "steps": "\n".join(STEPS), "way_back": "从旧固件启动",
    "rehearsal": "11-28 在测试机通过", "backup": "配置已备份，并试过还原", "locks": "断网约 10 分钟", "tests_before": "链路正常",
    "tests_after": "链路正常\n无丢包",
}  # fmt: skip


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    return request.param


@pytest.fixture
def address(server):
    return server.url


@pytest.fixture
def people(server, request, language):
    """{name: person} with passwords that the server takes; everybody reads in the language of the story. A site is known by now."""
    now = timezone.now()
    visits.company()
    visits.edition(now)
    visits.site()
    index_sites(Site.objects.all())
    named = {"chen": "chen", "wang": "wang", "qian": "techmgr_qian", "sun": "manager_sun", "wu": "online_wu"}
    found = {name: request.getfixturevalue(fixture) for name, fixture in named.items()}
    for person in found.values():
        person.language = language
        person.set_password(PASSWORD)
        person.save()
    visits.has_read(found["wang"], now)
    return found


@pytest.fixture
def page(play, people, server, tmp_path, language):
    """The first page of Wang's laptop."""
    laptop = Laptop(play, tmp_path / "profile", server.url)
    opened = laptop.open()
    sign_in(opened)
    yield opened
    laptop.close()
    assert laptop.errors == []


def test_a_machine_room_visit_and_all_that_follows(people, server, worker, page, visitor, look, tmp_path, language):
    picture = photo(tmp_path, (900, 600))
    chen, qian = visitor("chen"), visitor("qian")
    number = agree_on_a_visit(chen, page, people, look)
    change = prepare_the_change(chen, qian, number, look)
    make_ready(page, number)

    server.stop()
    page.goto(f"/visits/{number}/record/")
    arrive(page)
    room.is_locked(page)
    look(page, "the change is locked")

    server.start()
    the_customer_signed_it(chen, change, picture, look)
    page.goto(f"/visits/{number}/record/")
    expect(page.locator("#production")).to_have_attribute("data-state", "ready")
    expect(page.locator(".laptop-line[data-waiting='0'][data-reach=ok]")).to_be_visible()

    server.stop()
    in_the_machine_room(page, picture, look)
    the_customer_reads_and_signs(page, language, look)

    server.start()
    page.goto("/queue/")
    until(page, "1", lambda _one: Visit.objects.get().state == "signed")
    take_back(page, number)
    headquarters_has_it_all(change)
    the_paper_says_it(paper_of(chen, number))
    look(chen, "the visit is signed")

    headquarters_confirms_the_need(qian, look)
    headquarters_confirms_the_waiver(qian, look)
    wu = visitor("wu")
    an_answer_by_telephone_is_confirmed(wu, look)
    an_online_engineer_goes_on(wu, look)
    a_breach_is_appealed_against(qian, visitor("wang"), visitor("sun"), number, look)
    call_and_archive(chen, number)
    no_rule_is_a_gap(chen, look)


def agree_on_a_visit(chen, wang, people, look):
    raise_order(chen, Site.objects.get(), f"升级核心交换机固件\n{WAIVED}", ["machine_room", "production_change"])
    look(chen, "the order")
    propose(chen, people["wang"].engineer, timezone.now())
    look(chen, "the visit is proposed")
    number = accept(wang)
    look(wang, "the engineer has accepted")
    return number


def prepare_the_change(chen, qian, number, look):
    """Chen fills the form in, Qian approves it. Returns its number."""
    now = timezone.now().astimezone(SHANGHAI)
    chen.goto(f"/visits/{number}/change/")
    for name, value in {**FORM, "window_from": wall(now - HOUR / 2), "window_to": wall(now + 4 * HOUR)}.items():
        chen.fill(f"[name={name}]", value)
    look(chen, "the form of the change")
    press(chen, "form:has([name=way_back])")
    chen.wait_for_url("**/changes/CA-*/")
    change = chen.url.split("/")[-2]
    chen.select_option("[name=ask-approver]", label="钱锋")
    look(chen, "our approval is to be asked for")
    press(chen, "form[action$='/ask/']")
    expect(chen.locator(".page-title .state-asked")).to_be_visible()

    qian.goto("/")
    look(qian, "the technical manager's first page")
    qian.goto("/approvals/")
    qian.locator("tr", has_text=change).locator("a").first.click()
    look(qian, "the approval")
    press(qian, "form[action$='/approve/']")
    return change


def the_customer_signed_it(chen, change, picture, look):
    chen.goto(f"/changes/{change}/")
    chen.fill("[name=sign-signer_name]", "李喆")
    chen.fill("[name=sign-signer_position]", "网络中心主任")
    chen.fill("[name=sign-signed_at]", wall(timezone.now().astimezone(SHANGHAI)))
    chen.set_input_files("[name=sign-copy]", picture)
    look(chen, "the customer signs the form")
    press(chen, "form[action$='/sign/']")
    expect(chen.locator(".page-title .state-ready")).to_be_visible()
    look(chen, "both sides have approved")


def in_the_machine_room(page, picture, look):
    """Without a network: what was carried in, the change, a need that headquarters decided by telephone, an item that is not delivered."""
    page.goto(page.url)
    room.enter_the_room(page, "调试笔记本")
    look(page, "in the machine room")
    room.change_production(page, len(STEPS), picture)
    look(page, "the change has ended")

    result(page, action="固件已升级并核对")
    new_need(page, NEED)
    result(page, "not_done", action="备件柜未能打开", cause="备件柜钥匙不在")
    result(page, action="VLAN 已划分并测试")
    room.agreed_by_telephone(page, 1, "钱锋")
    room.asked_and_told(page, "备用交换机也要升级吗？", ANSWER, "吴桐")
    room.hand_over(page, REMAINS)
    look(page, "results, a waiver, an answer by telephone, a hand-over")
    room.leave_the_room(page, "调试笔记本")
    leave(page)
    look(page, "ready to be signed")


def the_customer_reads_and_signs(page, language, look):
    to_the_customer(page, language)
    shown = page.locator("#statement")
    expect(shown.locator(".scope-item")).to_contain_text(["固件已升级并核对", "钱锋", NEED])
    expect(shown).to_contain_text(CHANGE)
    look(page, "the customer reads")
    write(page)
    page.wait_for_selector("#thanks:visible")
    look(page, "the customer has signed")


def headquarters_has_it_all(change):
    """Every entry was accepted and nothing is in doubt; what was said on the telephone is held as said."""
    visit = Visit.objects.get()
    assert not visit.entries.exclude(state="accepted").exists()
    assert visit.sign_offs.get().marks == []
    assert uneven(visit.record.facts["room_items"]) == []
    need, waiver = visit.scope_changes.get(), visit.waivers.get()
    assert (need.state, need.claimed, need.item.position, need.decided_by) == ("claimed", "do_now", 3, None)
    assert (waiver.state, waiver.position, waiver.decided_by) == ("waiting", 2, None)
    assert (visit.change_approval.number, visit.change_approval.state) == (change, "done")
    shown = visit.visit_checklist.checklist.answers.get(rule_code="change.form")
    assert (shown.answer, shown.note) == ("yes", change)


def the_paper_says_it(paper):
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages))
    for words in (CHANGE, NEED, WAIVED, "钱锋", "李喆"):
        assert re.sub(r"\s", "", words) in text


def headquarters_confirms_the_need(qian, look):
    """Who, when and by what call stand beside it from then on."""
    qian.goto("/scope-changes/")
    look(qian, "needs decided by telephone")
    qian.locator("tbody tr", has_text=NEED).locator("a").first.click()
    look(qian, "the need")
    where = qian.url
    qian.check("[name=decision][value=do_now]")
    qian.fill("[name=called]", "今天下午与王磊通电话")
    press(qian, "form:has([name=decision])")
    qian.goto(where)
    expect(qian.locator(".page-title .state-do_now")).to_be_visible()
    decided = qian.locator("dd", has_text="今天下午与王磊通电话")
    expect(decided).to_contain_text("钱锋")
    expect(decided).to_contain_text(f"{timezone.now().astimezone(SHANGHAI):%Y-%m-%d}")
    look(qian, "the need is confirmed")


def headquarters_confirms_the_waiver(qian, look):
    qian.goto("/waivers/")
    look(qian, "waivers")
    qian.locator("tbody tr a").first.click()
    expect(qian.locator("main")).to_contain_text(WAIVED)
    look(qian, "the waiver")
    where = qian.url
    qian.check("[name=to][value=confirmed]")
    press(qian, "form:has([name=to])")
    qian.goto(where)
    expect(qian.locator(".page-title .state-confirmed")).to_be_visible()
    look(qian, "the waiver is confirmed")


def an_answer_by_telephone_is_confirmed(wu, look):
    wu.goto("/")
    look(wu, "the online engineer's first page")
    wu.goto("/questions/")
    look(wu, "questions from the site")
    wu.locator("tbody tr a").first.click()
    expect(wu.locator("[name=answer]")).to_have_value(ANSWER)
    look(wu, "an answer by telephone is to be confirmed")
    press(wu, "form:has([name=answer])")


def an_online_engineer_goes_on(wu, look):
    """Wang handed over what remained; Wu takes it, reads the visit's paper, talks to the customer and closes it."""
    wu.goto("/remote-support/")
    wu.locator("tbody tr a").first.click()
    expect(wu.locator("main")).to_contain_text(REMAINS)
    wu.click("form[action$='/take/'] button")
    assert wu.request.get(wu.locator("a[href*='paper.pdf']").get_attribute("href")).headers["content-type"] == "application/pdf"
    wu.fill("[name=note-text]", "与李主任核对清单，缺一块风扇")
    wu.fill("[name=note-minutes]", "12")
    look(wu, "the case is taken")
    press(wu, "form[action$='/note/']")
    expect(wu.locator(".list-group-item", has_text="缺一块风扇")).to_contain_text("吴桐")
    wu.check("[name=close-solved][value=yes]")
    wu.fill("[name=close-result]", "清单已核对完毕")
    press(wu, "form[action$='/close/']")
    expect(wu.locator(".page-title .state-closed")).to_be_visible()
    look(wu, "the case is closed")


def a_breach_is_appealed_against(qian, wang, sun, number, look):
    """Raised by Qian, answered by Wang, ruled by Qian, appealed against, and decided by Sun, because Qian ruled first."""
    qian.goto(f"/visits/{number}/")
    qian.click(f"a[href='/visits/{number}/violations/new/']")
    qian.select_option("[name=rule]", "arrive.introduce")
    qian.fill("[name=text]", "到达后没有先向客户主管报到")
    look(qian, "a breach is registered")
    press(qian, "form:has([name=rule])")
    qian.wait_for_url("**/violations/VL-*/")
    where = qian.url

    wang.goto("/violations/")
    look(wang, "the engineer's breaches")
    wang.locator("tbody tr a").first.click()
    wang.fill("[name=answer]", "已在门口登记，并向值班老师报到")
    look(wang, "the engineer answers")
    press(wang, "form[action$='/answer/']")
    rule(qian, where, "warning", "值班老师不是客户主管", "rule", look, "the ruling")
    wang.goto(where)
    expect(wang.locator("main")).to_contain_text("值班老师不是客户主管")
    wang.fill("[name=appeal]", "登记本上有客户主管的签字")
    look(wang, "the engineer appeals")
    press(wang, "form[action$='/appeal/']")

    qian.goto(where)
    expect(qian.locator(".page-title .state-appealed")).to_be_visible()
    expect(qian.locator("form[action$='/settle/']")).to_have_count(0)
    rule(sun, where, "no_breach", "登记本已核实，不成立", "settle", look, "the ruling upon appeal")
    wang.goto(where)
    expect(wang.locator(".page-title .state-settled")).to_be_visible()
    expect(wang.locator("main")).to_contain_text("登记本已核实，不成立")
    look(wang, "the engineer sees the end")


def rule(page, where, outcome, reason, step, look, name):
    page.goto(where)
    page.select_option("[name=outcome]", outcome)
    page.fill("[name=reason]:visible", reason)
    look(page, name)
    press(page, f"form[action$='/{step}/']")


def no_rule_is_a_gap(chen, look):
    chen.goto("/mechanisms/")
    look(chen, "how each rule is kept")
    expect(chen.locator("tbody tr")).to_have_count(Rule.objects.count())
    expect(chen.locator(".alert-warning:visible, .state-failed")).to_have_count(0)


def press(page, form):
    """Send this form; what comes back is there."""
    with page.expect_navigation():
        page.click(f"{form} button.btn-primary")


def wall(moment):
    return f"{moment:%Y-%m-%dT%H:%M}"

"""The pages of a breach: registering, answering, ruling, appealing."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from conduct.base.days import day_of
from conduct.notices.models import Notice
from conduct.rules.models import Edition, Rule
from conduct.violations import actions
from conduct.violations.models import Evidence, Violation

from .conftest import CONTACT, DAY, LATE_NOTICE, answered, raised


@pytest.fixture
def today(house):
    return timezone.now()


def picture():
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(out, "PNG")
    return SimpleUploadedFile("现场.png", out.getvalue())


def typed(wang, today, **facts):
    return {
        "engineer": wang.engineer.pk,
        "rule": LATE_NOTICE,
        "happened_on": day_of(today, "Asia/Shanghai").isoformat(),
        "text": "迟到",
    } | facts


def test_a_breach_is_registered_with_a_picture(client, chen, wang, today):
    client.force_login(chen)

    response = client.post("/violations/new/", typed(wang, today, file=picture()))

    violation = Violation.objects.get()
    assert response["Location"] == violation.get_absolute_url()
    kept = Evidence.objects.get()
    for reader, status in ((wang, 200), (chen, 200)):
        client.force_login(reader)
        assert client.get(f"/violations/{violation.number}/files/{kept.file_id}/").status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": ""},
        {"text": ""},
        {"happened_on": "2099-01-01"},
        {"happened_on": "1999-12-31"},
        {"happened_on": "9999-12-31"},
        {"happened_on": "gestern"},
        {"rule": "no.such_rule"},
        {"engineer": 99999},
        {"file": SimpleUploadedFile("a.png", b"no picture")},
    ],
)
def test_what_cannot_be_registered_keeps_what_was_typed(client, chen, wang, today, wrong):
    client.force_login(chen)

    response = client.post("/violations/new/", typed(wang, today, **wrong))

    assert response.status_code == 200 and response.context["form"].errors and not Violation.objects.exists()
    assert response.context["form"]["text"].value() == wrong.get("text", "迟到")


def test_the_rule_is_that_of_the_edition_which_held_on_the_day(client, chen, wang, today):
    newer = Edition.objects.create(code="2099.1", valid_from=today - DAY / 24, published_at=today - DAY, published_by=chen)
    old = Rule.objects.get(code=LATE_NOTICE)
    Rule.objects.create(
        **{field.attname: getattr(old, field.attname) for field in Rule._meta.fields if field.name not in ("id", "edition")},
        edition=newer,
    )
    client.force_login(chen)

    for days in (5, 0):
        client.post("/violations/new/", typed(wang, today, happened_on=day_of(today - days * DAY, "Asia/Shanghai").isoformat()))
    unknown = client.post("/violations/new/", typed(wang, today, rule=CONTACT))

    codes = Violation.objects.order_by("happened_on").values_list("rule__edition__code", flat=True)
    assert list(codes) == [old.edition.code, "2099.1"]
    assert "当时有效的版本" in str(unknown.context["form"].errors["rule"])


def test_the_engineer_answers_on_the_page_and_the_manager_rules(client, chen, wang, techmgr_qian, today):
    violation = raised(chen, wang.engineer, today)
    client.force_login(wang)
    assert [name for name, *_rest in client.get(violation.get_absolute_url()).context["steps"]] == ["answer", "evidence"]
    client.post(f"/violations/{violation.number}/answer/", {"answer": "堵车"})

    client.force_login(techmgr_qian)
    assert [name for name, *_rest in client.get(violation.get_absolute_url()).context["steps"]] == ["rule", "evidence", "withdraw"]
    client.post(f"/violations/{violation.number}/rule/", {"outcome": "warning", "reason": "须先报告"})

    violation.refresh_from_db()
    client.force_login(wang)
    page = client.get(violation.get_absolute_url())
    assert violation.state == "ruled" and "须先报告" in page.content.decode() and page.context["can_appeal"]
    assert "结果: 警告" in page.content.decode(), "the history says it in words"


def test_either_side_adds_evidence_until_it_is_ruled_and_the_other_one_hears_of_it(client, chen, wang, zhao, techmgr_qian, today):
    violation = answered(chen, wang.engineer, today - DAY)
    address = f"/violations/{violation.number}/evidence/"
    for who, status in ((wang, 302), (chen, 302), (techmgr_qian, 302), (zhao, 404)):
        client.force_login(who)
        assert client.post(address, {"file": picture()}).status_code == status
    assert client.post(address, {}).status_code == 404
    client.force_login(wang)
    assert client.post(address, {}).context["steps"][0][2].errors["file"]

    codes = Notice.objects.order_by("pk").values_list("to__username", "code")
    assert [row for row in codes if "evidence" in row[1]] == [
        ("qian", "violation.evidence"), ("wang", "violation.more_evidence"), ("wang", "violation.more_evidence"),
    ]  # fmt: skip
    actions.rule_on(violation=violation, outcome="warning", reason="x", by=techmgr_qian, at=today)
    assert client.post(address, {"file": picture()}).status_code == 422 and violation.evidence.count() == 3


def test_a_ruling_without_reasons_stays_on_the_page(client, chen, wang, techmgr_qian, today):
    violation = answered(chen, wang.engineer, today)
    client.force_login(techmgr_qian)

    response = client.post(f"/violations/{violation.number}/rule/", {"outcome": "no_breach", "reason": " "})

    (_name, _step, form), *_rest = response.context["steps"]
    assert response.status_code == 422 and form.errors["reason"] and form["outcome"].value() == "no_breach"


def test_who_rules_second_reads_that_somebody_was_faster(client, chen, wang, techmgr_qian, manager_sun, today):
    violation = answered(chen, wang.engineer, today - 2 * DAY)
    actions.rule_on(violation=violation, outcome="warning", reason="x", by=techmgr_qian, at=today)
    client.force_login(manager_sun)

    response = client.post(f"/violations/{violation.number}/rule/", {"outcome": "no_breach", "reason": "情有可原", "seen": "answered"})

    assert response.status_code == 422 and violation.rulings.get().by == techmgr_qian
    text = response.content.decode()
    assert "钱锋已于" in text and "未作任何改动" in text and "情有可原" in text


def test_who_rules_on_a_page_from_before_the_answer_reads_the_answer_first(client, chen, wang, techmgr_qian, today):
    violation = raised(chen, wang.engineer, today - 4 * DAY)
    actions.answer(violation=violation, answer="堵车", by=wang, at=today)
    client.force_login(techmgr_qian)
    typed = {"outcome": "warning", "reason": "未报告", "seen": "raised"}

    again = client.post(f"/violations/{violation.number}/rule/", typed)

    assert again.status_code == 422 and not violation.rulings.exists()
    assert 'name="seen" value="answered"' in again.content.decode() and "未报告" in again.content.decode()
    client.post(f"/violations/{violation.number}/rule/", typed | {"seen": "answered"})
    assert violation.rulings.exists()


def test_after_the_deadline_no_appeal_is_offered_and_one_that_is_posted_is_told_why(client, chen, wang, techmgr_qian, today):
    violation = answered(chen, wang.engineer, today - 10 * DAY)
    actions.rule_on(violation=violation, outcome="warning", reason="x", by=techmgr_qian, at=today - 8 * DAY)
    client.force_login(wang)

    page = client.get(violation.get_absolute_url())
    assert page.context["steps"] == [] and "未提出" in page.content.decode()
    response = client.post(f"/violations/{violation.number}/appeal/", {"appeal": "太重"})
    assert response.status_code == 422 and "申诉期限已于" in response.content.decode()


@pytest.mark.parametrize("what", ["answer", "appeal", "rule", "settle", "confirm", "withdraw", "nonsense"])
def test_who_only_reads_cannot_take_a_step(client, chen, wang, today, what):
    violation = raised(chen, wang.engineer, today)
    client.force_login(wang if what not in ("answer", "appeal") else chen)
    facts = {"answer": "x", "appeal": "x", "reason": "x", "outcome": "warning"}

    assert client.post(f"/violations/{violation.number}/{what}/", facts).status_code == 404
    violation.refresh_from_db()
    assert violation.state == "raised"


def test_the_engineer_reads_the_own_points_by_month(client, chen, wang, techmgr_qian, today):
    violation = answered(chen, wang.engineer, today - 3 * DAY)
    actions.rule_on(violation=violation, outcome="warning", reason="x", by=techmgr_qian, at=today - 2 * DAY)
    client.force_login(wang)

    own = client.get("/violations/").context["points"]

    assert (own["total"], len(own["months"])) == (3, 1)


def test_who_rules_reads_the_breaches_and_points_of_one_engineer(client, chen, wang, zhao, techmgr_qian, manager_sun, today):
    of_wang, of_zhao = answered(chen, wang.engineer, today - 3 * DAY), answered(chen, zhao.engineer, today - 3 * DAY)
    actions.rule_on(violation=of_wang, outcome="warning", reason="x", by=techmgr_qian, at=today - 2 * DAY)

    def listed(reader, who):
        client.force_login(reader)
        page = client.get(f"/violations/?show=all&engineer={who}")
        return list(page.context["page"]), page.context["points"] and page.context["points"]["total"]

    assert listed(manager_sun, wang.engineer.number) == ([of_wang], 3)
    assert listed(manager_sun, "E-999") == ([of_zhao, of_wang], None)
    assert listed(zhao, wang.engineer.number) == ([of_zhao], 0), "anybody else reads the own ones only"


def test_the_manager_sees_what_went_before(client, chen, wang, manager_sun, techmgr_qian, today):
    before = answered(chen, wang.engineer, today - 30 * DAY)
    actions.rule_on(violation=before, outcome="warning", reason="x", by=techmgr_qian, at=today - 29 * DAY)
    violation = answered(chen, wang.engineer, today, code=CONTACT)
    client.force_login(manager_sun)

    page = client.get(violation.get_absolute_url())

    assert page.context["points"] == 3 and before.number in page.content.decode()
    assert "不因此扣减员工工资" in page.content.decode()


def test_the_form_of_the_ruling_offers_only_what_the_frame_allows(client, chen, zhao, techmgr_qian, today, on_a_visit):
    violation = answered(chen, zhao.engineer, today, code=CONTACT, **on_a_visit)
    client.force_login(techmgr_qian)

    (_name, _step, form), *_rest = client.get(violation.get_absolute_url()).context["steps"]

    assert [code for code, _label in form.fields["outcome"].choices] == ["no_breach", "fee_cut_and_barred"]
    assert form["fee_cut"].value() == 50
    until = (today + datetime.timedelta(days=90)).date().isoformat()
    posted = {"outcome": "fee_cut_and_barred", "fee_cut": 40, "barred_until": until, "reason": "留了微信"}
    response = client.post(f"/violations/{violation.number}/rule/", posted)
    assert response.context["steps"][0][2].errors["fee_cut"]

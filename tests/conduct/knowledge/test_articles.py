"""What was solved once: written, reviewed by another, published in versions, found by two characters, suggested as somebody types."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.knowledge import actions, queries
from conduct.knowledge.models import Article, ArticleVersion, ArticleWord
from conduct.knowledge.queries import find, like
from conduct.knowledge.states import TRANSITIONS, VersionState
from conduct.notices.models import Notice
from tests.factories import visits
from tests.rooms.knowledge import WRITTEN

DAY = datetime.timedelta(days=1)
S = VersionState
PRINTER = {
    "title": "打印机反复卡纸", "symptom": "每打几张就卡纸，出纸口有异响", "cause": "搓纸轮磨损", "solution": "更换搓纸轮",
    "equipment_model": "M608", "keywords": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("here", "to"),
    [
        (S.DRAFT, {S.ASKED, S.DISCARDED}), (S.ASKED, {S.PUBLISHED, S.SENT_BACK, S.DRAFT}), (S.SENT_BACK, {S.DRAFT, S.DISCARDED}),
        (S.PUBLISHED, {S.REPLACED}), (S.REPLACED, set()), (S.DISCARDED, set()),
    ],
)  # fmt: skip
def test_how_it_moves(here, to):
    assert TRANSITIONS[here] == to


def published(by, reviewer, at, **words):
    version = actions.draft(written=WRITTEN | words, by=by, at=at)
    actions.ask(version=version, by=by, at=at)
    actions.review(version=version, good=True, seen=0, by=reviewer, at=at)
    return Article.objects.get(pk=version.article_id)


def numbers(found):
    return [row.number for row in (found[0] if isinstance(found, tuple) else found)]


def test_an_answered_question_becomes_an_article_that_helps_the_next_time(client, house, chen, wang, zhao, online_wu, at):
    visit = visits.on_site(chen, at, wang.engineer)
    visits.enter(visit, "question", {"question_kind": "technical", "text": "南京市第一中学交换机丢包，电源灯闪"}, at)
    asked = visit.site_questions.get()
    client.force_login(online_wu)
    client.post(asked.get_absolute_url(), {"answer": "更换电源模块后恢复"})
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "整理成知识" in page
    posted = {
        "origin": "question",
        "reference": asked.number,
        "symptom": asked.text,
        "cause": "",
        "solution": "更换电源模块后恢复",
    }
    edit = client.post("/knowledge/new/from/", posted)["Location"]
    assert asked.text in client.get(edit).content.decode()

    stopped = client.post(edit, WRITTEN | {"symptom": asked.text})
    assert stopped.status_code == 422 and "南京市第一中学" in str(stopped.context["form"].errors["symptom"])
    article = edit.removesuffix("edit/")
    assert client.post(f"{article}ask/").status_code in (302, 409) and ArticleVersion.objects.get().state == "draft"
    client.post(edit, WRITTEN)
    client.post(f"{article}ask/")
    assert client.post(f"{article}review/", {"review-good": "yes", "review-seen": 1}).status_code == 422  # one's own
    version = ArticleVersion.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.update(state="published", reviewed_by=online_wu, reviewed_at=at)
    assert find("丢包") == ([], False)

    actions.review(version=version, good=True, seen=1, by=_qian(), at=at)
    assert numbers(find("丢包")) == ["KB-000001"] and Notice.objects.filter(to=online_wu, code="article.published").exists()
    client.force_login(zhao)
    assert "核心交换机间歇丢包" in client.get("/knowledge/?q=丢包").content.decode()
    visits.enter(visit, "question", {"question_kind": "technical", "text": "交换机高峰时段丢包怎么办"}, at)
    client.force_login(chen)
    waiting = visit.site_questions.filter(answered_at=None).get()
    assert "KB-000001" in client.get(waiting.get_absolute_url()).content.decode()
    assert "KB-000001" in client.post("/knowledge/like/", {"reported_fault": "核心交换机丢包"}).content.decode()
    assert "KB-000001" not in client.post("/knowledge/like/", {"reported_fault": "打印机卡纸"}).content.decode()
    assert "KB-000001" in client.get(asked.get_absolute_url()).content.decode()


def _qian():
    from tests.people import person

    return person("qian", "钱锋", "technical_manager")


def test_what_is_found_and_in_which_order(wang, online_wu, at):
    switch = published(wang, online_wu, at)
    printer = published(wang, online_wu, at, **PRINTER)
    beside = published(
        wang, online_wu, at, title="电源分配单元更换", symptom="机柜断电", cause="过载", solution="期间可能丢包", keywords=""
    )

    assert numbers(find("丢包")) == [switch.number, beside.number]  # the title counts more than the solution
    assert set(numbers(find("s77 丢包"))) == {switch.number, beside.number}
    assert numbers(find("卡纸 m608")) == [printer.number] and numbers(find("卡纸 丢包")) == []
    assert numbers(find("搓纸轮")) == [printer.number] and numbers(find("灯")) == [switch.number] and numbers(find("！")) == []
    assert numbers(find("丢包", most=1)) == [switch.number] and find("丢包", most=1)[1]
    assert numbers(like("打印机老是卡纸，还有异响"))[0] == printer.number
    assert like("投影仪没有声音") == []


def test_what_is_not_among_the_best_is_found_as_well(wang, online_wu, at, monkeypatch):
    monkeypatch.setattr(queries, "BEST", 1)
    first = published(wang, online_wu, at)
    last = published(wang, online_wu, at, title="接入交换机夜间掉线", symptom="丢包", cause="")
    published(wang, online_wu, at, title="交换机风扇异响", symptom="异响", keywords="")

    assert numbers(find("交换 丢包")) == numbers(find("丢包 交换机")) == [first.number, last.number]
    assert numbers(find("交换 丢包 夜间")) == [last.number] and find("交换 丢包", most=1)[1]


def test_a_new_version_takes_the_place_of_the_old_one_and_a_retired_article_is_found_by_nobody(client, wang, zhao, online_wu, at):
    article = published(wang, online_wu, at)
    client.force_login(zhao)
    page = client.post(
        f"{article.get_absolute_url()}edit/", WRITTEN | {"solution": "先看日志，再更换电源模块", "keywords": "雪崩"}
    )
    assert page.status_code == 302 and numbers(find("雪崩")) == []
    client.force_login(wang)
    assert client.post(f"{article.get_absolute_url()}edit/", WRITTEN).status_code == 302 and ArticleVersion.objects.count() == 2
    second = ArticleVersion.objects.get(version=2)
    assert second.author == zhao

    actions.ask(version=second, by=zhao, at=at + DAY)
    actions.change(version=second, written=WRITTEN | {"keywords": "雪崩"}, by=zhao, at=at + DAY)
    actions.ask(version=second, by=zhao, at=at + DAY)
    with pytest.raises(ForbiddenMove):  # Wu read it before it was changed
        actions.review(version=second, good=True, seen=0, by=online_wu, at=at + DAY)
    with pytest.raises(DomainError):
        actions.review(version=second, good=False, seen=1, by=online_wu, at=at + DAY)
    actions.review(version=second, good=True, seen=1, by=online_wu, at=at + DAY)
    assert numbers(find("雪崩")) == numbers(find("丢包")) == [article.number] and numbers(find("网络慢")) == []
    old = client.get(f"{article.get_absolute_url()}?version=1").content.decode()
    assert "网络慢" in old and "已被新版本取代" in old

    client.force_login(online_wu)
    client.post(f"{article.get_absolute_url()}retire/", {"retire-reason": "固件已修复"})
    assert numbers(find("丢包")) == [] and not ArticleWord.objects.exists()
    client.force_login(wang)
    assert client.get("/knowledge/").status_code == 200 and client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("field", "text"), [("solution", "打 138 0013 8000 问我"), ("title", "南京市 第一中学断网"), ("keywords", "南京一中")]
)
def test_no_contact_and_no_customer_stands_in_an_article(house, wang, field, text, at):
    school = visits.customer()
    school.short_name = "南京一中"
    school.save()
    with pytest.raises(DomainError) as stopped:
        actions.draft(written=WRITTEN | {field: text}, by=wang, at=at)
    assert stopped.value.field == field

"""Private contact details are found however they are written; a thing's numbers, the company's and the customer's are not."""

from pathlib import Path

import pytest

from conduct.privacy.detect import find, normal

ALLOWED = ["400-820-5566", "025-20002002", "service@yuanjing.example", "025-84421234", "13900001111", "it@school.example"]
SENTENCES = Path(__file__).parents[3] / "benchmarks/contact_details.tsv"

GIVEN_AWAY = [
    ("打我手机13812345678", "telephone", "13812345678"),
    ("打我手机１３８ １２３４ ５６７８", "telephone", "13812345678"),
    ("手机 1 3 8 1 2 3 4 5 6 7 8", "telephone", "13812345678"),
    ("号码是幺三八幺二三四五六七八", "telephone", "13812345678"),
    ("138 零零幺二 3456", "telephone", "13800123456"),
    ("call one three eight, one two three four, five six seven eight", "telephone", "13812345678"),
    ("ring one three double eight one two three four five six seven", "telephone", "13881234567"),
    ("+86-138-1234-5678", "telephone", "13812345678"),
    ("138\u200b12345678", "telephone", "13812345678"),
    ("办公室直线025-84427777转801", "telephone", "02584427777"),
    ("座机 84427777", "telephone", "84427777"),
    ("+1 415 555 0100", "telephone", "14155550100"),
    ("加我微信 wanglei_88", "wechat", "wanglei_88"),
    ("vx：lao-li2020", "wechat", "lao-li2020"),
    ("我的QQ号是 88 1234 56", "qq", "88123456"),
    ("扣扣：七七八八九九", "qq", "778899"),
    ("日志发 wang.lei(at)163点com", "email", "wang.lei@163.com"),
    ("send it to WANG＠QQ.COM", "email", "wang@qq.com"),
]


@pytest.mark.parametrize(("text", "kind", "value"), GIVEN_AWAY)
def test_what_gives_somebody_away(text, kind, value):
    found = find(text, ALLOWED)

    assert [(finding.kind, finding.normal[: len(value)]) for finding in found] == [(kind, value)]


NOBODYS = [
    "序列号 13812345678", "S/N：2102351234567", "资产编号13812345678", "2026-11-25 13:12 到达", "管理地址 172.16.10.21/24", "工单WO-2026-000123",
    "一二三四层弱电间", "十一点二十三分恢复", "one of three servers rebooted", "微信支付接口恢复", "企业微信登录异常", "root@server01",
    "git@10.0.0.1:/repo", "SIP注册 2001@pbx.local", "Ports 1-3, 5-8, 11-24 are up", "V200R019C10SPC500", "共48口，1-24口正常", "",
]  # fmt: skip


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_no_contact(text):
    assert find(text) == []


@pytest.mark.parametrize("text", ["热线 400 820 5566", "传真(025)20002002", "Service@Yuanjing.example", "李主任 139-0000-1111", "025-84421234转8"])
def test_the_companys_and_the_customers_own_are_allowed(text):
    assert find(text, ALLOWED) == []
    assert find(text)


def test_a_finding_stands_where_it_stood_in_the_original():
    text = "请拨　１３８\u200b１２３４５６７８　找王工"
    (finding,) = find(text)

    assert text[finding.start : finding.end].strip() == "１３８\u200b１２３４５６７８"


@pytest.mark.parametrize(("one", "other"), [("+86 138 1234 5678", "１３８１２３４５６７８"), ("A@B.cn", "a@b.CN"), ("(025)84421234", "02584421234")])
def test_two_writings_of_the_same_are_equal(one, other):
    assert normal(one) == normal(other)


def test_recall_and_precision_on_the_sentences_written_for_it():
    rows = [(line[0] == "1", bool(find(line[2:], ALLOWED))) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    hits = sum(is_one and found for is_one, found in rows)

    assert len(rows) == 2000
    assert hits / sum(is_one for is_one, _found in rows) >= 0.98
    assert hits / sum(found for _is, found in rows) >= 0.95

"""When is it the same matter told twice? The table is the rule."""

import pytest

from visits.intake.likeness import Told, alike, likeness

SWITCH, PRINTER = frozenset({1}), frozenset({2})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Told("交换机丢包"), Told("交换机 丢包！"), True),
        (Told("核心交换机丢包，全楼断网"), Told("全楼断网，核心交换机丢包"), True),
        (Told("交换机丢包"), Told("打印机卡纸"), False),
        (Told("交换机丢包", SWITCH), Told("全楼上不了网", SWITCH), False),
        (Told("交换机丢包", SWITCH, "offline"), Told("全楼上不了网", SWITCH, "offline"), True),
        (Told("交换机丢包", SWITCH, "offline"), Told("全楼上不了网", PRINTER, "offline"), False),
        (Told("交换机丢包严重", SWITCH), Told("交换机有时丢包", SWITCH), True),
        (Told("交换机丢包严重", SWITCH), Told("交换机有时丢包", PRINTER), False),
        (Told("", SWITCH), Told("", SWITCH), False),
        (Told("A"), Told("A"), False),
    ],
)
def test_the_same_matter(one, other, expected):
    assert alike(one, other) is expected
    assert alike(other, one) is expected


def test_likeness_is_one_for_the_same_and_none_for_nothing():
    assert likeness("Switch drops packets", "SWITCH, drops packets") == 1
    assert likeness("", "交换机") == 0

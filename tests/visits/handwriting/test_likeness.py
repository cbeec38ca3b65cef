"""How alike two ways of the pen are: pure."""

import pytest

from visits.handwriting.likeness import HINT_FROM, POINTS, likeness, shape

from .pens import writer, written

LI, WANG = writer("李喆"), writer("王磊")


def alike(one, other):
    return likeness(shape(one), shape(other))


def test_the_same_drawing_is_the_same():
    assert alike(written(LI, 1), written(LI, 1)) == 100


def test_size_and_place_do_not_count():
    assert alike(written(LI, 1), written(LI, 1, size=0.5, wobble=0.7)) >= HINT_FROM


@pytest.mark.parametrize("time", range(2, 8))
def test_the_same_writer_is_recognised(time):
    assert alike(written(LI, 1), written(LI, time)) >= HINT_FROM


@pytest.mark.parametrize("name", ["王磊", "赵敏", "刘洋", "陈静", "孙立"])
def test_another_writer_is_not(name):
    assert alike(written(LI, 1), written(writer(name), 1)) < HINT_FROM


def test_it_does_not_matter_who_comes_first():
    assert alike(written(LI, 1), written(WANG, 1)) == alike(written(WANG, 1), written(LI, 1))


def test_a_point_has_no_shape():
    assert shape({"strokes": [[[5, 5, 0, 500], [5, 5, 10, 500]]]}) is None
    assert len(shape(written(LI, 1))) == POINTS

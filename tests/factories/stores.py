"""Builders for the stories of the store: places, spares, items, slips."""

import datetime

from conduct.base.ids import uuid7
from conduct.people.models import Department
from conduct.purchases import actions as purchases
from conduct.spares import actions as spares
from conduct.spares.models import Spare
from conduct.stock import actions as stock
from conduct.stock.arithmetic import Line
from conduct.stock.models import Item, Place

DAY = datetime.timedelta(days=1)


def place(by, at, name="一楼库房", **facts):
    return stock.save_place(place=Place(name=name, **facts), by=by, at=at)


def spare(by, at, name="备用笔记本电脑", *, shelf=None, **facts):
    shelf = shelf or Place.objects.first() or place(by, at)
    return spares.save_spare(spare=Spare(name=name, place=shelf, **facts), by=by, at=at)


def lent(by, at, thing=None, *, days=3, **facts):
    what = {"borrower": "何洁", "where": "教学楼 302", "back_by": (at + days * DAY).date()}
    return spares.lend(spare=thing or spare(by, at), by=by, at=at, **(what | facts))


def item(by, at, name="投影灯泡", **facts):
    return stock.save_item(item=Item(name=name, **facts), by=by, at=at)


def slip(by, at, kind="in", lines=(), **facts):
    """Post a slip with both names on it."""
    what = {"slip_id": uuid7(at), "giver_name": "何洁", "taker_name": by.name}
    posted, _new = stock.post(kind=kind, lines=[Line(*line) for line in lines], by=by, at=at, **(what | facts))
    return posted


def stocked(by, at, quantity=10, thing=None, shelf=None):
    """(item, place) with so many of the item there."""
    thing, shelf = thing or item(by, at), shelf or Place.objects.first() or place(by, at)
    slip(by, at, lines=[(thing, quantity)], put_to=shelf)
    return thing, shelf


def purchase(by, at, **facts):
    what = {"lines": [{"name": "投影灯泡", "quantity": 3}], "reason": "备件用完"}
    department = Department.objects.get_or_create(name="技术部")[0]
    return purchases.draft(department=department, by=by, at=at, **(what | facts))

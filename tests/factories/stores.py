"""Builders for the stories of the store: places, spares, items."""

import datetime

from conduct.spares import actions as spares
from conduct.spares.models import Spare
from conduct.stock import actions as stock
from conduct.stock.models import Place

DAY = datetime.timedelta(days=1)


def place(by, at, name="一楼库房", **facts):
    return stock.save_place(place=Place(name=name, **facts), by=by, at=at)


def spare(by, at, name="备用笔记本电脑", *, shelf=None, **facts):
    shelf = shelf or Place.objects.first() or place(by, at)
    return spares.save_spare(spare=Spare(name=name, place=shelf, **facts), by=by, at=at)


def lent(by, at, thing=None, *, days=3, **facts):
    what = {"borrower": "何洁", "where": "教学楼 302", "back_by": (at + days * DAY).date()}
    return spares.lend(spare=thing or spare(by, at), by=by, at=at, **(what | facts))

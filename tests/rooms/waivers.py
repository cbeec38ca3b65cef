import datetime

from tests.factories import visits
from tests.rooms.who import SEES

PAGES = {"list": SEES - {"online_wu"} | {"zhao"}, "waiver": SEES - {"online_wu"}}
LISTS = {"/waivers/": ("techmgr_qian", 4)}


def things(story):
    work, start = visits.order(story.chen, story.at, story.order.site), story.at + datetime.timedelta(days=9)
    working = visits.on_site(story.chen, story.at, story.wang.engineer, work=work, start=start)
    return {"number": visits.not_delivered(working, start).waivers.get().number}


def add_row(story):
    visits.not_delivered(story.working, story.working_at)

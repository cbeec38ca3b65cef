from tests.factories import visits
from tests.rooms.who import SEES
from visits.escalations.models import ScopeChange, SiteQuestion

PAGES = dict.fromkeys(("list", "question"), {"chen", "online_wu", "techmgr_qian"}) | {
    "scope_changes": SEES - {"online_wu"} | {"zhao"},
    "scope_change": SEES - {"online_wu"},
}
LISTS = {"/questions/": ("chen", 4), "/scope-changes/": ("chen", 4)}


def things(story):
    entry = story.visit.entries.filter(kind="result").first()
    asked = {"visit": story.visit, "entry": entry, "text": "?", "asked_at": story.at, "asked_by": story.wang}
    question = SiteQuestion.objects.create(number="Q-2026-000001", kind="technical", **asked)
    change = ScopeChange.objects.create(number="SC-2026-000001", **asked)
    return {"number": question.number, "scope_change.number": change.number}


def add_row(story):
    visits.enter(story.working, "question", {"question_kind": "technical", "text": "固件版本？"}, story.working_at)
    visits.enter(story.working, "new_need", {"text": "划分 VLAN"}, story.working_at)

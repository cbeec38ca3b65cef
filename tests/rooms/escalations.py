from tests.factories import visits
from visits.escalations.models import SiteQuestion

PAGES = dict.fromkeys(("list", "question"), {"chen", "online_wu", "techmgr_qian"})
LISTS = {"/questions/": ("chen", 4)}


def things(story):
    entry = story.visit.entries.filter(kind="result").first()
    facts = {"kind": "technical", "text": "?", "asked_at": story.at, "asked_by": story.wang}
    return {"number": SiteQuestion.objects.create(number="Q-2026-000001", visit=story.visit, entry=entry, **facts).number}


def add_row(story):
    visits.enter(story.working, "question", {"question_kind": "technical", "text": "固件版本？"}, story.working_at)

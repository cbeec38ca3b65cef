from conduct.checklists.queries import all_questions
from tests.factories import visits

PAGES = {"list": {"chen", "manager_sun", "techmgr_qian"}}
LISTS = {"/checklists/": ("chen", 5)}


def add_row(story):
    rows = all_questions(story.working.visit_checklist.checklist)["set_out"]
    check = next(row.rule for row in rows if row.rule.enforce == "check")
    visits.enter(story.working, "answer", {"rule_code": check.code, "answer": "no", "note": "现场条件不具备"}, story.working_at)

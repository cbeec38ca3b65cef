from conduct.rules.models import Rule
from conduct.violations.actions import raise_violation

RULERS = {"manager_sun", "techmgr_qian"}
PAGES = {
    "list": RULERS | {"chen", "wang", "zhao"}, "new": RULERS | {"chen"}, "detail": RULERS | {"chen", "wang"},
    "file": set(),  # there is none
}  # fmt: skip
POST_ONLY = {"take"}
LISTS = {"/violations/": ("manager_sun", 5), "/violations/?show=all": ("manager_sun", 5)}


def raised(story, engineer):
    rule = Rule.objects.get(code="arrive.on_time")
    return raise_violation(engineer=engineer, rule=rule, happened_on=story.at.date(), text="迟到", by=story.chen, at=story.at)


def things(story):
    return {"number": raised(story, story.wang.engineer).number, "what": "answer", "file_id": story.sign_off.pk}


def add_row(story):
    raised(story, story.someone.engineer)

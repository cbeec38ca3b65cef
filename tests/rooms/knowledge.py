from conduct.knowledge import actions
from conduct.people.access import Role
from tests.people import person
from tests.rooms.who import STAFF

PAGES = {
    "list": STAFF, "article": {"wang", "online_wu", "techmgr_qian"}, "new": {"chen", "wang", "zhao", "online_wu", "techmgr_qian"},
    "edit": {"wang", "online_wu", "techmgr_qian"},
}  # fmt: skip
POST_ONLY = {"take_over", "suggest", "review", "retire", "change_state"}
OF_ONESELF = {"take_over", "suggest"}
LISTS = {"/knowledge/": ("chen", 4), "/knowledge/?show=drafts": ("online_wu", 4), "/knowledge/?q=丢包": ("chen", 5)}
WRITTEN = {
    "title": "核心交换机间歇丢包", "symptom": "业务高峰时段丢包，设备面板告警灯亮", "cause": "电源模块老化，输出电压不稳",
    "solution": "更换电源模块并升级固件，观察一小时", "equipment_model": "S7706", "keywords": "掉线 网络慢",
}  # fmt: skip


def things(story):
    return {"number": actions.draft(written=WRITTEN, by=story.wang, at=story.at).article.number, "what": "ask"}


def add_row(story):
    """A published article; its author begins the next version."""
    reviewer = person(f"reviewer{story.place}", "审核人", Role.ONLINE_ENGINEER)
    version = actions.draft(written=WRITTEN, by=story.someone, at=story.at)
    actions.ask(version=version, by=story.someone, at=story.at)
    actions.review(version=version, good=True, seen=0, by=reviewer, at=story.at)
    actions.begin_anew(article=version.article, written=WRITTEN, by=story.someone, at=story.at)

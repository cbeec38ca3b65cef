from tests.factories import projects

ABOVE = {"chen", "manager_sun", "techmgr_qian"}
PAGES = {
    "list": ABOVE | {"wang", "zhao", "online_wu"},
    "new": {"manager_sun", "techmgr_qian"},
    "edit": {"manager_sun", "techmgr_qian", "wang"},
    "part": ABOVE | {"wang"},
    "new_row": {"manager_sun", "techmgr_qian", "wang"},
    "row": {"manager_sun", "techmgr_qian", "wang"},
}
POST_ONLY = {"change_state", "remove"}
LISTS = {"/projects/": ("chen", 6)}


def things(story):
    project = projects.project(story.order.customer, story.wang, story.chen, story.at)
    payment = projects.payment(project, story.wang, story.at)
    return {"number": project.number, "part": "payments", "pk": payment.pk, "to": "close"}


def add_row(story):
    project = projects.project(story.order.customer, story.chen, story.chen, story.at, f"项目{story.place}")
    projects.task(project, story.chen, story.at)
    projects.payment(project, story.chen, story.at, due=-3)

from conduct.people.models import Department
from tests.rooms.who import ADMIN, EVERYBODY

PAGES = {
    **dict.fromkeys(("list", "new", "edit", "engineer", "departments", "new_department", "department"), ADMIN),
    "detail": ADMIN | {"wang"},
    "me": EVERYBODY,
    "access": {"manager_sun", "techmgr_qian", "admin_zhou"},
    "trail": {"manager_sun", "admin_zhou"},
}
POST_ONLY = {"add_certificate", "remove_certificate", "language"}
OF_ONESELF = {"language"}
LISTS = {"/staff/": ("admin_zhou", 5), "/departments/": ("admin_zhou", 5), "/trail/": ("manager_sun", 4)}


def things(story):
    return {"username": "wang", "pk": 1, "name": Department.objects.create(name="服务一部").name}


def add_row(story):
    Department.objects.create(name=f"部门{story.place}", head=story.chen)

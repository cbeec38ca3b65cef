"""Every address x every person x (own, another's): what each of them gets. An address that is not listed here fails."""

import datetime
import re

import pytest
from django.urls import get_resolver

from conduct.approvals import actions as approvals
from conduct.attendance.actions import ask_leave, clock
from conduct.outbox.models import Delivery
from conduct.workdays.actions import add_freeze, load_standard
from tests.factories import laptops, stores, visits
from visits.escalations.models import SiteQuestion
from visits.packs.models import Pack
from visits.papers.models import Paper

PEOPLE = ["chen", "wang", "zhao", "manager_sun", "techmgr_qian", "admin_zhou", "online_wu", "stranger"]
HQ = {"chen", "manager_sun", "techmgr_qian", "online_wu"}
SEES = HQ | {"wang"}  # wang is the engineer of the visit, zhao is not
EVERYBODY = set(PEOPLE)
ADMIN = {"admin_zhou"}
ACCESS = {"manager_sun", "techmgr_qian", "admin_zhou"}

# name: who gets the page by GET. POST_ONLY answers 405 to a GET by whoever may, and ANYBODY needs no sign-in.
PAGES = {
    "people:list": ADMIN, "people:new": ADMIN, "people:edit": ADMIN, "people:engineer": ADMIN,
    "people:detail": ADMIN | {"wang"}, "people:me": EVERYBODY, "people:access": ACCESS,
    "people:trail": {"manager_sun", "admin_zhou"},
    "company:edit": ADMIN, "outbox:channels": ADMIN, "outbox:test": ADMIN,
    "outbox:list": {"chen", "manager_sun", "admin_zhou"}, "outbox:detail": {"chen", "manager_sun", "admin_zhou"},
    "customers:customer_list": HQ | ADMIN | {"wang", "zhao"}, "customers:site_list": HQ | ADMIN | {"wang", "zhao"},
    "customers:equipment_list": HQ | ADMIN | {"wang", "zhao"},
    "customers:customer": SEES | ADMIN, "customers:site": SEES | ADMIN, "customers:equipment": SEES | ADMIN,
    **{f"customers:{name}": {"chen", "admin_zhou"} for name in (
        "new_customer", "edit_customer", "new_site", "edit_site", "new_contact", "edit_contact", "new_equipment",
        "edit_equipment")},
    "approvals:list": EVERYBODY - {"stranger"}, "approvals:detail": {"wang", "chen", "manager_sun"},
    "purchases:list": EVERYBODY - {"stranger"}, "purchases:new": EVERYBODY - {"stranger"},
    "purchases:purchase": {"chen", "manager_sun", "techmgr_qian", "admin_zhou"}, "purchases:edit": {"chen"},
    "purchases:receive": ADMIN, "purchases:policy": {"manager_sun", "admin_zhou"}, "purchases:quote_file": set(),
    **dict.fromkeys(("stock:items", "stock:item", "stock:slips", "stock:slip", "stock:sheet"), EVERYBODY - {"stranger"}),
    **dict.fromkeys(("stock:new_item", "stock:edit_item", "stock:new_slip"), ADMIN),
    **dict.fromkeys(("stock:places", "spares:list", "spares:loans", "spares:spare", "spares:loan"), EVERYBODY - {"stranger"}),
    **dict.fromkeys(("stock:new_place", "stock:edit_place", "spares:new", "spares:edit"), ADMIN),
    "spares:lend": {"chen", "techmgr_qian"},
    **{f"attendance:{name}": EVERYBODY - {"stranger"} for name in ("today", "month", "people", "export", "leaves", "new_leave")},
    "attendance:leave": {"wang", "manager_sun", "admin_zhou"},
    "workdays:list": EVERYBODY - {"stranger"}, "workdays:calendar": EVERYBODY - {"stranger"},
    "workdays:what_if": EVERYBODY - {"stranger"}, "workdays:new": {"manager_sun", "admin_zhou"},
    "workdays:change": {"manager_sun", "admin_zhou"}, "workdays:freezes": HQ | ADMIN,
    "rules:list": EVERYBODY - {"stranger"}, "rules:briefing": EVERYBODY - {"stranger"}, "rules:editions": EVERYBODY - {"stranger"},
    "rules:edition": EVERYBODY - {"stranger"}, "rules:export_yaml": EVERYBODY - {"stranger"}, "rules:export_xlsx": EVERYBODY - {"stranger"},
    "rules:readers": {"manager_sun", "techmgr_qian", "admin_zhou"}, "rules:begin": {"techmgr_qian", "admin_zhou"},
    **{f"rules:{name}": set() for name in ("import", "new_rule", "edit_rule")},  # the edition of the story is published
    "checklists:list": {"chen", "manager_sun", "techmgr_qian"},
    "notices:list": EVERYBODY, "notices:bell": EVERYBODY,
    "orders:list": HQ | {"wang", "zhao"}, "orders:new": {"chen"}, "orders:edit": {"chen"},
    "permits:pack": SEES, "permits:edit": {"chen"}, "travel:list": {"chen"}, "travel:import": {"chen"},
    **{f"suggestions:{name}": {"chen"} for name in ("order", "plan_these", "trips")},
    "schedule:order": SEES, **{f"board:{name}": {"chen"} for name in ("board", "changes", "check", "publish", "place", "move", "health", "hours")},
    "schedule:list": HQ | {"wang", "zhao"},
    "desk:today": EVERYBODY, "desk:visit": SEES,
    "records:record": {"wang"}, "records:file": set(), "devices:mine": EVERYBODY, "devices:list": {"chen", "admin_zhou"}, "devices:wipe": {"wang", "chen", "admin_zhou"},
    **{f"sync:{name}": {"chen", "techmgr_qian"} for name in ("overview", "import", "laptop", "entry", "unreadable")},
    "sync:bundle": {"wang"}, "sync:blob": set(), "sync:earlier": set(), "sync:receipts": EVERYBODY,
    "escalations:list": {"chen", "online_wu", "techmgr_qian"}, "escalations:question": {"chen", "online_wu", "techmgr_qian"},
    "signoff:sign": {"wang"}, "signoff:leave": {"wang"}, "signoff:transcribe": {"wang", "chen"},
    "signoff:stamped_copy": {"wang", "chen"}, "signoff:correct": {"wang"}, "signoff:statement": {"wang"},
    "signoff:stamp": set(), "signoff:stamped_copy_file": set(), "signoff:scan": set(), "signoff:settle": set(),
    "laptop:queue": {"wang", "zhao"}, "laptop:ready": {"wang"},
    "papers:paper": set(), "papers:sheet": SEES,
    "followup:list": {"chen"}, "followup:call": {"chen"},
    "statistics:this_month": {"manager_sun", "techmgr_qian"}, "statistics:month": {"manager_sun", "techmgr_qian"},
    **{f"statistics:{name}": {"manager_sun", "techmgr_qian"} for name in (
        "tickets", "people", "customers", "trend", "figure", "rows", "export", "export_visits")},
    "packs:list": {"manager_sun", "techmgr_qian"}, "packs:detail": {"manager_sun", "techmgr_qian"}, "packs:policy": {"manager_sun"},
    "packs:file": set(),
    "yardsticks:edit": {"manager_sun", "techmgr_qian"},
}  # fmt: skip
POST_ONLY = {
    *(f"attendance:{name}" for name in ("clock", "forgotten", "strike", "consent", "withdraw", "cancel")),
    *(f"workdays:{name}" for name in ("edit", "add_day", "remove_day", "import_year", "take_years", "remove_freeze")),
    "rules:publish", "rules:discard", "rules:remove_rule",
    "people:add_certificate", "people:remove_certificate", "people:language", "notices:open", "notices:read_all", "outbox:decide", "orders:change_state",
    "board:undo", "travel:remove", "suggestions:accept", "suggestions:way_on",
    *(f"schedule:{name}" for name in ("propose", "confirm", "decline", "counter", "accept_counter", "cancel", "missed")),
    "approvals:decide", "approvals:hand_on", "spares:give_back", "spares:extend", "spares:set_state",
    "sync:contact", "sync:packages", "sync:sealed", "devices:revoke",
    "stock:reverse", *(f"purchases:{name}" for name in ("add_quote", "drop_quote", "choose", "ask", "order", "cancel")),
    "records:entries", "records:files", "signoff:start", "signoff:sign_off", "followup:attempt", "followup:archive",
    "statistics:close", "packs:again",
}  # fmt: skip
OF_ONESELF = {"attendance:clock", "attendance:forgotten", "people:language", "notices:read_all", "sync:contact", "sync:sealed"}  # about no visit: who may call is asked by each of them
ANYBODY = {
    "shell:service_worker", "shell:manifest", "shell:offline", "records:shell", "signoff:shell", "laptop:queue_shell", "laptop:ready_shell",
    "company:logo", "papers:verify", "papers:verify_code", "health:healthz", "health:readyz", "schema",
}  # fmt: skip
FOREIGN = re.compile(r"^(account|mfa|socialaccount|set_language|usersessions|headless)")


def names(patterns=None, space=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield space + entry.name, entry


def ours():
    return {name: entry for name, entry in names() if not FOREIGN.match(name)}


def test_every_address_is_known_here():
    assert set(ours()) - set(PAGES) - POST_ONLY - ANYBODY == set()


@pytest.fixture
def addresses(house, chen, wang, manager_sun, at):
    """The arguments of each address, for a signed visit of Wang's."""
    visit, sign_off = visits.signed(chen, at, wang.engineer)
    laptop = laptops.everything(visit, at)
    place = visit.order.site
    paper = Paper.objects.get(sign_off=sign_off)
    delivery = Delivery.objects.create(
        number="D-2026-000001", origin="paper", reference=visit.record_number, subject="s", recipient_kind="hq_mail",
        recipient="a@b", channel="mail_folder", message_id="<1>", queued_at=at,
    )  # fmt: skip
    entry = visit.entries.filter(kind="result").first()
    question = SiteQuestion.objects.create(
        number="Q-2026-000001", visit=visit, entry=entry, kind="technical", text="?", asked_at=at, asked_by=wang
    )
    approval = approvals.ask(
        kind="purchase", origin="test", reference="1", subject="s", reason="r", asked_of=chen, by=wang, at=at
    )
    loan = stores.lent(chen, at)
    day = datetime.timedelta(days=1)
    leave = ask_leave(kind="annual", start=at + day, end=at + 2 * day, reason="r", by=wang, at=at)
    load_standard(code="office", name="office", zone="Asia/Shanghai", at=at)
    _freeze, change = add_freeze(customer=place.customer, first=at.date(), last=at.date(), kind="exams", by=chen, at=at)
    thing, shelf = stores.stocked(chen, at)
    purchase = stores.purchase(chen, at)
    slip = stores.slip(chen, at, "out", [(thing, 1)], taken_from=shelf)
    pack = Pack.objects.create(number="MP-2026-000001", month="2026-10", staff=wang, due_on=at.date())
    return {
        "pack": pack.number,
        "approval": approval.number, "loan": loan.number, "spare": loan.spare.number, "place": shelf.number,
        "purchase": purchase.number, "item": thing.number, "slip": slip.number, "visit": visit.number, "order": visit.order.number, "customer": place.customer.number, "site": place.number,
        "equipment": place.equipment.first().number, "contact": place.contacts.first().pk, "delivery": delivery.number,
        "leave": leave.number, "attendance_pk": clock(kind="in", by=wang, at=at).pk,
        "workdays_code": "office", "workdays_pk": change.pk,
        "question": question.number, "package": sign_off.pk, "code": paper.code,
        "device": laptop["device"].pk, "set_aside": laptop["entry"].pk, "sync_pk": laptop["quarantined"].pk,
    }  # fmt: skip


def path_of(name, entry, known):
    """The address with the story's own things filled in."""
    room, page = name.split(":") if ":" in name else ("", name)
    kind = {
        "approvals": "approval", "attendance": "leave", "purchases": "purchase", "packs": "pack", "outbox": "delivery", "orders": "order", "escalations": "question",
        "customers": page.removeprefix("edit_").removeprefix("new_").replace("contact", "site"),
    }.get(room, "visit")  # fmt: skip
    if room in ("spares", "stock"):
        kind = {
            "loan": "loan", "give_back": "loan", "extend": "loan", "edit_place": "place", "item": "item", "edit_item": "item",
        }.get(page, "slip" if room == "stock" else "spare")
    kind = "order" if str(entry.pattern).startswith("orders/") else kind
    values = {
        "number": known.get(kind), "username": "wang", "pk": known.get(f"{room}_pk", known["contact"]), "file_id": known["package"],
        "device_id": known["device"], "entry_id": known["set_aside"],
        "package_id": known["package"],
        "blob_id": known["package"], "edition": "2026.1",
        "code": "mail_folder" if room == "outbox" else known.get(f"{room}_code", known["code"]), "what": "approve" if room == "approvals" else "again",
        "to": "retired" if room == "spares" else "close", "month": "2026-11",
    }  # fmt: skip
    values["code"] = "on_time" if room == "statistics" else values["code"]
    path = str(entry.pattern)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), path)


@pytest.mark.parametrize("person", PEOPLE)
def test_who_gets_which_page(client, request, addresses, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    wrong = {}
    for name, entry in ours().items():
        if name in PAGES:
            status = client.get(path_of(name, entry, addresses)).status_code
            expected = {200, 302, 400, 409} if person in PAGES[name] else {404}
            if status not in expected:
                wrong[name] = status
    assert wrong == {}


@pytest.mark.parametrize("person", ["zhao", "stranger"])
def test_who_has_no_part_in_a_visit_cannot_act_on_it(client, request, addresses, person):
    client.force_login(request.getfixturevalue(person))
    posts = {name: entry for name, entry in ours().items() if name in POST_ONLY - OF_ONESELF}
    got = {name: client.post(path_of(name, entry, addresses)).status_code for name, entry in posts.items()}
    assert {name: status for name, status in got.items() if status != 404} == {}


def test_no_get_changes_a_state(client, chen, addresses):
    client.force_login(chen)
    posts = {name: entry for name, entry in ours().items() if name in POST_ONLY}
    got = {name: client.get(path_of(name, entry, addresses)).status_code for name, entry in posts.items()}
    assert {name: status for name, status in got.items() if status != 405} == {}


def test_who_is_not_signed_in_sees_the_door_only(client, addresses):
    for name, entry in ours().items():
        if name in PAGES:
            response = client.get(path_of(name, entry, addresses))
            assert response.status_code in (302, 401, 403), name

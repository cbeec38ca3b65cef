"""The access table: who may do what. A page, an API route and an action ask the same table.

A manager can read it under /access/. ALL means everything of its kind; OWN means what `obj.is_own(person)` says.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DISPATCHER = "dispatcher", _("dispatcher")
    ENGINEER = "engineer", _("engineer")
    ONLINE_ENGINEER = "online_engineer", _("online engineer")
    TECHNICAL_MANAGER = "technical_manager", _("technical manager")
    MANAGER = "manager", _("manager")
    TRIAGER = "triager", _("triager")
    STOREKEEPER = "storekeeper", _("storekeeper")
    REPORTER = "reporter", _("reporter")
    ADMINISTRATOR = "administrator", _("administrator")


class Scope(models.TextChoices):
    ALL = "all", _("all")
    OWN = "own", _("own")


class Permission(models.TextChoices):
    SEE_CUSTOMERS = "see_customers", _("see customers, sites and equipment")
    EDIT_CUSTOMERS = "edit_customers", _("edit customers, sites and equipment")
    SEE_PROJECTS = "see_projects", _("see projects, all or those in which one has a part")
    SET_UP_PROJECTS = "set_up_projects", _("set up projects and name their managers")
    RUN_PROJECTS = "run_projects", _("keep plan, team and payments of the projects that one manages")
    SEE_WORKDAYS = "see_workdays", _("see working calendars")
    EDIT_WORKDAYS = "edit_workdays", _("edit working calendars and import official ones")
    SEE_FREEZES = "see_freezes", _("see customers' freeze weeks")
    EDIT_FREEZES = "edit_freezes", _("edit customers' freeze weeks")
    SEE_ORDERS = "see_orders", _("see work orders")
    EDIT_ORDERS = "edit_orders", _("raise and edit work orders")
    SEE_VISITS = "see_visits", _("see visits and their records")
    PLAN_VISITS = "plan_visits", _("propose, move and cancel visits")
    ANSWER_VISITS = "answer_visits", _("accept, decline or counter a proposal")
    WRITE_RECORD = "write_record", _("fill the visit record")
    SIGN_OFF = "sign_off", _("hand the record to the customer for signature")
    TRANSCRIBE_SIGN_OFF = "transcribe_sign_off", _("enter a record signed by hand")
    SEND_SIGNING_LINK = "send_signing_link", _("send the customer a link to sign elsewhere")
    SETTLE_SIGN_OFF = "settle_sign_off", _("decide on a signature where something does not fit")
    SETTLE_SYNC = "settle_sync", _("see what laptops hold, import their files, settle what was set aside")
    REVOKE_DEVICES = "revoke_devices", _("revoke and wipe the laptops of others")
    ANSWER_QUESTIONS = "answer_questions", _("answer questions from the site")
    SEE_SCOPE_CHANGES = "see_scope_changes", _("see new needs outside of the scope")
    DECIDE_SCOPE_CHANGES = "decide_scope_changes", _("decide on new needs outside of the scope")
    SEE_CHANGES = "see_changes", _("see changes in production")
    PREPARE_CHANGES = "prepare_changes", _("prepare changes in production and note who signed them")
    REVIEW_CHANGES = "review_changes", _("review emergencies and accepted failures of changes in production")
    SEE_PROMISES = "see_promises", _("see promises to customers and what they asked for, one's own or all")
    KEEP_PROMISES = "keep_promises", _("settle promises to customers and what they asked for")
    SEE_WAIVERS = "see_waivers", _("see what cannot be delivered")
    DECIDE_WAIVERS = "decide_waivers", _("confirm that something is not delivered")
    HAND_OVER = "hand_over", _("hand a case over to remote support")
    HAND_OUT_DOCUMENTS = "hand_out_documents", _("hand documents of headquarters to an engineer and see who opened them")
    OPEN_DOCUMENTS = "open_documents", _("open documents of headquarters that were handed out")
    SEE_REMOTE_CASES = "see_remote_cases", _("see remote-support cases")
    HELP_REMOTELY = "help_remotely", _("take and close remote-support cases")
    SEE_PAPERS = "see_papers", _("open service reports")
    SEE_RESTRICTED = "see_restricted", _("open service reports whose people were erased")
    SEE_DELIVERIES = "see_deliveries", _("see deliveries")
    SETTLE_DELIVERIES = "settle_deliveries", _("send again, note as arrived, cancel deliveries")
    SEE_COMPLAINTS = "see_complaints", _("see complaints, those one sees to or makes better, or all")
    REGISTER_COMPLAINTS = "register_complaints", _("take complaints down and see to them")
    CLOSE_COMPLAINTS = "close_complaints", _("close complaints of others and set when they are due")
    SEE_REPLIES = "see_replies", _("see written replies to customers, one's own or all")
    WRITE_REPLIES = "write_replies", _("write replies to customers, which a superior reviews")
    FOLLOW_UP = "follow_up", _("call customers back")
    ARCHIVE = "archive", _("archive visits")
    REPORT_FAULT = "report_fault", _("report broken equipment")
    SEE_TICKETS = "see_tickets", _("see repair tickets")
    TRIAGE = "triage", _("sort, assign and turn away repair tickets")
    TAKE_TICKETS = "take_tickets", _("take up repair tickets")
    WORK_TICKETS = "work_tickets", _("repair, pause and tell the reporter")
    ANSWER_HELP = "answer_help", _("answer technicians who ask for help")
    SEE_ARTICLES = "see_articles", _("read articles of knowledge")
    WRITE_ARTICLES = "write_articles", _("write articles of knowledge")
    REVIEW_ARTICLES = "review_articles", _("review, publish and retire articles of others")
    EDIT_REPAIR_POLICY = "edit_repair_policy", _("set quadrants, deadlines and their calendar")
    PLAN_ROUNDS = "plan_rounds", _("plan maintenance rounds")
    PRINT_LABELS = "print_labels", _("print labels for equipment")
    SEE_PREPARATIONS = "see_preparations", _("see preparations of courses and exams")
    PLAN_PREPARATIONS = "plan_preparations", _("plan preparations and import timetables")
    HAND_IN_STANDARDS = "hand_in_standards", _("hand in software standards")
    PREPARE = "prepare", _("prepare rooms for courses and exams")
    SEE_MONTH = "see_month", _("read the month")
    CLOSE_MONTH = "close_month", _("close the month and set what it measures by")
    SEE_PACKS = "see_packs", _("see the monthly packs")
    EDIT_PACKS = "edit_packs", _("make monthly packs again and set when they are due")
    SEE_RULES = "see_rules", _("read the code of conduct")
    EDIT_RULES = "edit_rules", _("edit the code of conduct")
    SEE_READERS = "see_readers", _("see who has read the code of conduct")
    ALLOW_GATES = "allow_gates", _("see what gates were passed by exception")
    SEE_VIOLATIONS = "see_violations", _("see breaches of the code of conduct")
    RAISE_VIOLATIONS = "raise_violations", _("raise breaches, and confirm what the software saw")
    RULE_VIOLATIONS = "rule_violations", _("rule on breaches")
    SEE_TRIPS = "see_trips", _("see business trips, one's own, those of whom one leads, or all")
    KEEP_TRIPS = "keep_trips", _("note business trips, lodging and expenses, ask for the return")
    PAY_TRIPS = "pay_trips", _("approve and pay the expenses of business trips")
    SEE_FEES = "see_fees", _("see contractors' fees, one's own or all")
    CLOSE_FEES = "close_fees", _("close the month's list of contractors' fees")
    SEE_APPROVALS = "see_approvals", _("see what is asked for approval")
    HAND_ON_APPROVALS = "hand_on_approvals", _("ask somebody else for an approval instead")
    SEE_STOCK = "see_stock", _("see stock, slips and spares")
    KEEP_STOCK = "keep_stock", _("keep the register of spares, parts and places")
    COUNT_STOCK = "count_stock", _("enter what was counted in a stock-taking")
    BOOK_STOCKTAKINGS = "book_stocktakings", _("explain and book the differences of a stock-taking")
    LEND_SPARES = "lend_spares", _("lend spares and take them back")
    SEE_PURCHASES = "see_purchases", _("see purchase requests")
    REQUEST_PURCHASES = "request_purchases", _("request purchases")
    ORDER_PURCHASES = "order_purchases", _("order what was approved and bring it in")
    SET_PURCHASE_POLICY = "set_purchase_policy", _("set the purchase policy")
    KEEP_HOURS = "keep_hours", _("clock in and out, ask for leave")
    SEE_ATTENDANCE = "see_attendance", _("see hours and leave, one's own and those of whom one leads")
    EDIT_ATTENDANCE = "edit_attendance", _("strike entries of the clock")
    SEE_ACCESS = "see_access", _("read this table")
    SEE_TRAIL = "see_trail", _("read the trail")
    MANAGE_STAFF = "manage_staff", _("manage staff and roles")
    MANAGE_RETENTION = "manage_retention", _("set how long data is kept, erase people")
    MANAGE_COMPANY = "manage_company", _("manage company and channels")


_P, _R, _ALL, _OWN = Permission, Role, Scope.ALL, Scope.OWN
_EVERYBODY = dict.fromkeys(Role, _ALL)
_EVERYBODY_OWN = dict.fromkeys(Role, _OWN)

ACCESS = {
    _P.SEE_CUSTOMERS: {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL,
        _R.ADMINISTRATOR: _ALL, _R.TRIAGER: _ALL, _R.STOREKEEPER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.EDIT_CUSTOMERS: {_R.DISPATCHER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SEE_PROJECTS: {
        _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.DISPATCHER: _ALL, _R.ENGINEER: _OWN, _R.ONLINE_ENGINEER: _OWN,
    },
    _P.SET_UP_PROJECTS: {_R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.RUN_PROJECTS: {
        _R.MANAGER: _OWN, _R.TECHNICAL_MANAGER: _OWN, _R.DISPATCHER: _OWN, _R.ENGINEER: _OWN, _R.ONLINE_ENGINEER: _OWN,
    },
    _P.SEE_WORKDAYS: _EVERYBODY,
    _P.EDIT_WORKDAYS: {_R.ADMINISTRATOR: _ALL, _R.MANAGER: _ALL},
    _P.SEE_FREEZES: {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ADMINISTRATOR: _ALL,
    },
    _P.EDIT_FREEZES: {_R.DISPATCHER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SEE_ORDERS: {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.EDIT_ORDERS: {_R.DISPATCHER: _ALL},
    _P.SEE_VISITS: {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.PLAN_VISITS: {_R.DISPATCHER: _ALL},
    _P.ANSWER_VISITS: {_R.ENGINEER: _OWN},
    _P.WRITE_RECORD: {_R.ENGINEER: _OWN},
    _P.SIGN_OFF: {_R.ENGINEER: _OWN},
    _P.TRANSCRIBE_SIGN_OFF: {_R.DISPATCHER: _ALL, _R.ENGINEER: _OWN},
    _P.SEND_SIGNING_LINK: {_R.DISPATCHER: _ALL, _R.ENGINEER: _OWN},
    _P.SETTLE_SIGN_OFF: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.SETTLE_SYNC: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.REVOKE_DEVICES: {_R.DISPATCHER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.ANSWER_QUESTIONS: {_R.DISPATCHER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.SEE_SCOPE_CHANGES: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL, _R.ENGINEER: _OWN},
    _P.DECIDE_SCOPE_CHANGES: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.SEE_CHANGES: {
        _R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.PREPARE_CHANGES: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN},
    _P.REVIEW_CHANGES: {_R.TECHNICAL_MANAGER: _ALL},
    _P.SEE_PROMISES: {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.KEEP_PROMISES: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN},
    _P.SEE_WAIVERS: {_R.TECHNICAL_MANAGER: _ALL, _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.ENGINEER: _OWN},
    _P.DECIDE_WAIVERS: {_R.TECHNICAL_MANAGER: _ALL},
    _P.HAND_OVER: {_R.ENGINEER: _OWN, _R.DISPATCHER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.HAND_OUT_DOCUMENTS: {_R.DISPATCHER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.OPEN_DOCUMENTS: {_R.DISPATCHER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ENGINEER: _OWN},
    _P.SEE_REMOTE_CASES: {
        _R.ONLINE_ENGINEER: _ALL, _R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.HELP_REMOTELY: {_R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.SEE_PAPERS: {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ENGINEER: _OWN,
    },
    _P.SEE_RESTRICTED: {_R.MANAGER: _ALL},
    _P.SEE_DELIVERIES: {_R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SETTLE_DELIVERIES: {_R.DISPATCHER: _ALL},
    _P.SEE_COMPLAINTS: _EVERYBODY_OWN | {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL,
    },
    _P.REGISTER_COMPLAINTS: {_R.DISPATCHER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL},
    _P.CLOSE_COMPLAINTS: {_R.MANAGER: _ALL},
    _P.SEE_REPLIES: _EVERYBODY_OWN | {
        _R.DISPATCHER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ONLINE_ENGINEER: _ALL,
    },
    _P.WRITE_REPLIES: {_R.DISPATCHER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL},
    _P.FOLLOW_UP: {_R.DISPATCHER: _ALL},
    _P.ARCHIVE: {_R.DISPATCHER: _ALL},
    _P.REPORT_FAULT: _EVERYBODY,
    _P.SEE_TICKETS: {
        **dict.fromkeys(Role, _OWN), _R.TRIAGER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.DISPATCHER: _ALL,
        _R.STOREKEEPER: _ALL, _R.ONLINE_ENGINEER: _ALL,
    },
    _P.TRIAGE: {_R.TRIAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.TAKE_TICKETS: {_R.ENGINEER: _ALL, _R.ONLINE_ENGINEER: _ALL},
    _P.WORK_TICKETS: {_R.ENGINEER: _OWN, _R.ONLINE_ENGINEER: _OWN, _R.TRIAGER: _ALL},
    _P.ANSWER_HELP: {_R.TRIAGER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.SEE_ARTICLES: _EVERYBODY,
    _P.WRITE_ARTICLES: {
        _R.ENGINEER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.TRIAGER: _ALL, _R.DISPATCHER: _ALL,
    },
    _P.REVIEW_ARTICLES: {_R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.EDIT_REPAIR_POLICY: {_R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.PLAN_ROUNDS: {_R.TRIAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.PRINT_LABELS: {_R.TRIAGER: _ALL, _R.STOREKEEPER: _ALL, _R.DISPATCHER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SEE_PREPARATIONS: {
        _R.TRIAGER: _ALL, _R.REPORTER: _ALL, _R.ENGINEER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL,
        _R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL,
    },
    _P.PLAN_PREPARATIONS: {_R.TRIAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.HAND_IN_STANDARDS: {_R.TRIAGER: _ALL, _R.REPORTER: _ALL},
    _P.PREPARE: {_R.ENGINEER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.TRIAGER: _ALL},
    _P.SEE_MONTH: {_R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.CLOSE_MONTH: {_R.MANAGER: _ALL},
    _P.SEE_PACKS: {_R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.STOREKEEPER: _ALL},
    _P.EDIT_PACKS: {_R.MANAGER: _ALL, _R.STOREKEEPER: _ALL},
    _P.SEE_RULES: _EVERYBODY,
    _P.EDIT_RULES: {_R.TECHNICAL_MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SEE_READERS: {_R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.ALLOW_GATES: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL},
    _P.SEE_VIOLATIONS: {_R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL, _R.DISPATCHER: _OWN, _R.ENGINEER: _OWN},
    _P.RAISE_VIOLATIONS: {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL},
    _P.RULE_VIOLATIONS: {_R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL},
    _P.SEE_TRIPS: _EVERYBODY_OWN | {_R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL},
    _P.KEEP_TRIPS: {_R.ENGINEER: _OWN},
    _P.PAY_TRIPS: {_R.MANAGER: _ALL},
    _P.SEE_FEES: {_R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL, _R.ENGINEER: _OWN},
    _P.CLOSE_FEES: {_R.MANAGER: _ALL},
    _P.SEE_APPROVALS: _EVERYBODY_OWN | {_R.MANAGER: _ALL},
    _P.HAND_ON_APPROVALS: {_R.MANAGER: _ALL},
    _P.SEE_STOCK: {
        _R.STOREKEEPER: _ALL, _R.DISPATCHER: _ALL, _R.TRIAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL,
        _R.ENGINEER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ADMINISTRATOR: _ALL,
    },
    _P.KEEP_STOCK: {_R.STOREKEEPER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.COUNT_STOCK: {
        _R.STOREKEEPER: _ALL, _R.DISPATCHER: _ALL, _R.TRIAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ENGINEER: _ALL,
        _R.ONLINE_ENGINEER: _ALL, _R.ADMINISTRATOR: _ALL,
    },
    _P.BOOK_STOCKTAKINGS: {_R.STOREKEEPER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.LEND_SPARES: {_R.STOREKEEPER: _ALL, _R.DISPATCHER: _ALL, _R.TECHNICAL_MANAGER: _ALL},
    _P.SEE_PURCHASES: _EVERYBODY_OWN | {
        _R.STOREKEEPER: _ALL, _R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ADMINISTRATOR: _ALL,
    },
    _P.REQUEST_PURCHASES: {
        _R.STOREKEEPER: _ALL, _R.DISPATCHER: _ALL, _R.TRIAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.MANAGER: _ALL,
        _R.ENGINEER: _ALL, _R.ONLINE_ENGINEER: _ALL, _R.ADMINISTRATOR: _ALL,
    },
    _P.ORDER_PURCHASES: {_R.STOREKEEPER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SET_PURCHASE_POLICY: {_R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.KEEP_HOURS: _EVERYBODY_OWN,
    _P.SEE_ATTENDANCE: _EVERYBODY_OWN | {_R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL, _R.STOREKEEPER: _ALL},
    _P.EDIT_ATTENDANCE: {_R.ADMINISTRATOR: _ALL},
    _P.SEE_ACCESS: {_R.MANAGER: _ALL, _R.TECHNICAL_MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.SEE_TRAIL: {_R.MANAGER: _ALL, _R.ADMINISTRATOR: _ALL},
    _P.MANAGE_STAFF: {_R.ADMINISTRATOR: _ALL},
    _P.MANAGE_RETENTION: {_R.ADMINISTRATOR: _ALL},
    _P.MANAGE_COMPANY: {_R.ADMINISTRATOR: _ALL},
}  # fmt: skip


def scopes(roles, permission):
    """The scopes that these roles give for a permission, as a set."""
    row = ACCESS[permission]
    return {row[role] for role in roles if role in row}


def sees_all(user, permission):
    return user.is_active and Scope.ALL in scopes(user.roles, permission)


def may(user, permission, obj=None):
    """May this person do it, to `obj` if one is given? Somebody who left may do nothing."""
    if not user.is_active:
        return False
    granted = scopes(user.roles, permission)
    if Scope.ALL in granted:
        return True
    return Scope.OWN in granted and (obj is None or obj.is_own(user))

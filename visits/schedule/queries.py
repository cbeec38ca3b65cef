import datetime
from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from conduct.base.lookups import first_of
from conduct.company.queries import company
from conduct.people.access import Permission, sees_all
from conduct.people.models import Engineer
from conduct.people.names import surname
from visits.orders.models import ScopeItem, WorkOrder

from .models import PlanVersion, Visit
from .states import VisitState

UNDOABLE = datetime.timedelta(days=1)


def visits_for(user):
    """Every visit that this person may know of. Lists, pages, exports and the API all start here."""
    if sees_all(user, Permission.SEE_VISITS):
        return Visit.objects.all()
    if user.may(Permission.SEE_VISITS):
        return Visit.objects.filter(Visit.told_to(user))
    return Visit.objects.none()


def visit_page(user):
    """Visits with what every page about one visit shows."""
    return visits_for(user).select_related("order__customer", "order__site", "order__contact", "engineer__staff", "edition")


def overlapping(*, engineer, start, end, besides=None):
    """Visits that take this engineer's time anywhere in [start, end)."""
    visits = Visit.objects.filter(engineer=engineer, state__in=VisitState.BOOKED, planned_start__lt=end, planned_end__gt=start)
    return visits.exclude(pk=besides.pk) if besides else visits


def visits_of_order(order):
    return order.visits.select_related("engineer__staff").order_by("-planned_start", "-id")


def hold_order(order):
    """Lock this order until the transaction ends, so that two who plan it at the same moment see each other."""
    WorkOrder.objects.select_for_update(no_key=True).filter(pk=order.pk).values_list("pk", flat=True).first()


def open_visits(order):
    """Those of this order that are still to come or under way, soonest first."""
    return order.visits.filter(state__in=VisitState.OPEN).order_by("planned_start", "id")


def numbers_known(order):
    """What a page that shows the order's open visits keeps in mind of them: "V-2026-000123 V-2026-000124"."""
    return " ".join(open_visits(order).values_list("number", flat=True))


def open_scope(order):
    """Items of the order that no record calls done yet; all of them when nothing is left open."""
    return left_of([order])[order.pk] or list(order.scope.all())


def left_of(orders):
    """{order id: [scope item that no record calls done, …]}, in two queries.

    Of an order with hundreds of visits few records are read: those of items that no visit finished as a whole.
    """
    done, left = defaultdict(set), {order.pk: [] for order in orders}
    items = _unfinished().filter(order__in=left)
    visits = Visit.scope.through.objects.filter(scopeitem__in=items.values("pk")).values("visit")
    for order, facts in Visit.objects.filter(pk__in=visits, record__isnull=False).values_list("order_id", "record__facts"):
        done[order] |= {int(place) for place, result in facts.get("results", {}).items() if result.get("result") == "done"}
    for item in items.order_by("order_id", "position"):
        if item.position not in done[item.order_id]:
            left[item.order_id].append(item)
    return left


def _unfinished():
    """Scope items that no visit finished as a whole."""
    finished = first_of(Visit.scope.through.objects.filter(scopeitem=OuterRef("pk"), visit__record__all_done=True))
    return ScopeItem.objects.alias(finished=finished).filter(finished=None)


def without_visit(orders):
    """Of these orders the open ones that nobody is on the way for, with work that no visit finished as a whole.

    Items that were done one by one on a visit that left others undone are told apart by `left_of`.
    """
    unfinished = first_of(_unfinished().filter(order=OuterRef("pk")))
    # Not a join and not asked for each order: open visits are few at any time, so that they are read once, whatever the database expects.
    on_the_way = Visit.objects.filter(state__in=VisitState.OPEN).values("order")
    return orders.alias(unfinished=unfinished).filter(unfinished__isnull=False, state="open").exclude(pk__in=on_the_way)


def asking_again(orders):
    """Of these orders those whose visits ended with something partly or not done: they ask for another visit."""
    ended = Visit.objects.filter(order=OuterRef("pk"), state__in=VisitState.CLOSED, record__all_done=False)
    return without_visit(orders).filter(Exists(ended))


def asked_again(order):
    """What this order asks another visit for: the items left when a visit has ended and nobody is on the way; else nothing."""
    return left_of([order])[order.pk] if asking_again(WorkOrder.objects.filter(pk=order.pk)).exists() else []


def usual_identity(engineer, order):
    """How this engineer appeared at this customer last: an identity is for one customer and no other's to know.

    Who was never there goes under the own name, a contractor as the company's engineer of that surname (甄工): who stands behind it
    is not for customers, and from the first visit on the own name is stopped like a telephone number.
    """
    own = Visit.objects.filter(engineer=engineer, order__customer=order.customer_id).order_by("-planned_start", "-id")
    known = own.values("identity_name", "identity_capacity").first()
    capacity = _("%(company)s, field engineer") % {"company": company().name}
    return known or {"identity_name": _first_name_of(engineer), "identity_capacity": capacity[:80]}


def _first_name_of(engineer):
    if engineer.standing != Engineer.Standing.OUTSTATION:
        return engineer.staff.name
    family = surname(engineer.staff.name)
    return f"{family}工" if family else _("Field engineer")


def plans_shown(visit, user):
    """The versions of a visit's plan, oldest first; its engineer sees those since being asked, headquarters' thoughts before are its own."""
    versions = visit.plan_versions.all()
    return versions if sees_all(user, Permission.SEE_VISITS) else versions.filter(version__gte=visit.told_version or 1)


def planned_last(visit):
    """The version of the plan that stands, with who wrote it."""
    return visit.plan_versions.select_related("by", "engineer__staff").order_by("-version")[0]


def stack_of(visit):
    """Versions that still count, oldest first: one that was taken back and the one that took it back are gone."""
    return _standing(visit.plan_versions.select_related("engineer__staff", "by").order_by("version"))


def _standing(versions):
    stack = []
    for version in versions:
        if version.undoes is None:
            stack.append(version)
        elif stack:
            stack.pop()
    return stack


def last_move_of(user, at):
    """The newest plan of this person, of the last day, that can be taken back: untold, and nobody moved it since. Or None."""
    recent = PlanVersion.objects.filter(by=user, undoes=None, at__gte=at - UNDOABLE, visit__state=VisitState.PLANNED)
    for version, visit in recent.order_by("-id").values_list("pk", "visit")[:20]:
        stack = _standing(PlanVersion.objects.filter(visit=visit).only("undoes").order_by("version"))
        if stack and stack[-1].pk == version:
            return PlanVersion.objects.select_related("visit", "engineer__staff").get(pk=version)
    return None

import datetime

from django.db.models import Count, F, Q

from conduct.customers.models import Equipment
from conduct.customers.queries import equipment_for
from conduct.people.access import Permission, sees_all

from .models import Deadline, RepairPolicy, RepairTicket
from .states import Quadrant, TicketState

MONTH = datetime.timedelta(days=30)
LIST = (
    "id", "number", "state", "quadrant", "fault", "is_teaching", "reported_at", "answer_due_at", "finish_due_at",
    "answer_soon_at", "finish_soon_at", "taken_at", "paused_since", "grew_urgent_at", "reopened_at", "repeat_of_id",
    "seen_version", "carried_by", "disturbance",
    "equipment__number", "equipment__name", "equipment__site__name", "assigned_to__name",
)  # fmt: skip


def tickets_for(user):
    """Every ticket that this person may know of: all of them, or those that one reported, repairs, or could take."""
    if sees_all(user, Permission.SEE_TICKETS):
        return RepairTicket.objects.all()
    if not user.may(Permission.SEE_TICKETS):
        return RepairTicket.objects.none()
    own = Q(reporter=user) | Q(assigned_to=user)
    if user.may(Permission.TAKE_TICKETS):
        own |= Q(assigned_to=None, state=TicketState.TRIAGED)
    return RepairTicket.objects.filter(own)


def ticket_page(user):
    return tickets_for(user).select_related(
        "equipment__site__customer", "assigned_to", "proposed_to", "reporter", "triaged_by", "repeat_of", "duplicate_of"
    )


def free_tickets():
    """Sorted, open, and nobody's yet: what a technician may take, in the order of the queue."""
    return RepairTicket.objects.filter(assigned_to=None, state=TicketState.TRIAGED, queue_key__isnull=False)


def queue_of(user):
    """The technician's open tickets in the one right order."""
    return RepairTicket.objects.filter(assigned_to=user, queue_key__isnull=False)


def overdue(rows, at):
    """Of `rows` those whose next deadline has passed by `at` and whose clock runs."""
    rows = rows.filter(queue_key__isnull=False, paused_since=None)
    return rows.filter(Q(taken_at=None, answer_due_at__lte=at) | Q(taken_at__isnull=False, finish_due_at__lte=at))


def to_tell_for(user):
    """Finished tickets whose reporter has not been told, oldest first."""
    rows = RepairTicket.objects.filter(state__in=TicketState.TO_TELL)
    return rows if user.may(Permission.TRIAGE) else rows.filter(assigned_to=user)


def reportable_equipment(user):
    """What this person may report as broken: everything on our own premises, and whatever else one may see."""
    return Equipment.objects.filter(
        Q(site__is_own_premises=True) | Q(pk__in=equipment_for(user).values("pk")), is_active=True
    ).select_related("site__customer")


def labelled_equipment():
    """What a label leads to: everybody who stands before the thing may report it."""
    return Equipment.objects.filter(is_active=True).exclude(label=None).select_related("site")


def by_link(sha256):
    """The ticket behind a reporter's private link."""
    return RepairTicket.objects.filter(follow_sha256=sha256).select_related("equipment__site", "assigned_to")


def open_tickets_of(equipment, besides=None):
    """What is open for this equipment already: likely the same fault."""
    rows = RepairTicket.objects.filter(equipment=equipment, state__in=TicketState.OPEN).order_by("-reported_at")
    return rows.exclude(pk=besides.pk) if besides else rows


def repeated_by(equipment, *, months, at, besides=None):
    """The last ticket of this equipment that was repaired and was reported within `months` before `at`, or None."""
    rows = RepairTicket.objects.filter(
        equipment=equipment, state__in=TicketState.FIXED, reported_at__gte=months_before(at, months), reported_at__lt=at
    )
    return rows.order_by("-reported_at", "-id").exclude(pk=besides.pk if besides else None).first()


def months_before(at, months):
    """The same day of an earlier month, or its last day when that month is shorter."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    for day in (at.day, 30, 29, 28):
        try:
            return at.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def current_policy():
    """The policy in force, or None before the first ticket was sorted."""
    return RepairPolicy.objects.order_by("-version").first()


def old_deadlines(ticket):
    """Every deadline that the ticket had, the newest first."""
    return Deadline.objects.filter(ticket=ticket).select_related("by", "policy").order_by("-version")


def history_of(equipment):
    """Every ticket of a piece of equipment, newest first."""
    return RepairTicket.objects.filter(equipment=equipment).select_related("assigned_to", "repeat_of")


def besides_tickets(equipment, user):
    """{rounds, orders}: what else happened to it, newest first: findings of maintenance rounds, and work orders for who sees them."""
    rounds = equipment.round_items.exclude(at=None).select_related("round__plan", "by").order_by("-at")[:20]
    return {"rounds": rounds, "orders": equipment.orders.order_by("-created_at")[:20] if sees_all(user, Permission.SEE_ORDERS) else ()}


def grown_urgent(first, after):
    """(sorted as not urgent, of these became urgent by waiting) among tickets reported in [first, after)."""
    calm = RepairTicket.objects.filter(
        first_quadrant__in=[q for q in Quadrant.values if q not in Quadrant.URGENT_ONES],
        reported_at__gte=first, reported_at__lt=after,
    )  # fmt: skip
    found = calm.aggregate(calm=Count("pk"), grown=Count("grew_urgent_at"))
    return found["calm"], found["grown"]


def with_due_steps(at):
    """Tickets of which a deadline has something to say by now, the longest due first."""
    return RepairTicket.objects.filter(next_step_at__lte=at).order_by("next_step_at", "pk")


def ordered(rows):
    return rows.order_by(F("queue_key").asc(), "id")

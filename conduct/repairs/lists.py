"""Rows of tickets as pages show them: plain values with their words, and how many there are beside those shown."""

import datetime

from django.db.models import Count
from django.urls import reverse

from conduct.people.access import ACCESS, Permission
from conduct.people.models import Staff

from .markup import cards_html
from .order import mood
from .queries import LIST, free_tickets, grown_urgent, queue_of, to_tell_for
from .states import Quadrant, TicketState
from .words import Words

A_COLUMN, MORE = 8, 200
NEW, TO_TELL = "new", "to_tell"
DAYS = datetime.timedelta(days=90)


def filtered(rows, query):
    """`rows` narrowed by state, quadrant, technician, equipment, and a number or a word of the fault."""
    state = query.get("state", "")
    if state == "open":
        rows = rows.exclude(queue_key=None)
    elif state == TO_TELL:
        rows = rows.filter(state__in=TicketState.TO_TELL)
    elif state in TicketState.values:
        rows = rows.filter(state=state)
    if query.get("quadrant") in Quadrant.values:
        rows = rows.filter(quadrant=query["quadrant"])
    if technician := query.get("technician"):
        rows = rows.filter(assigned_to__username=technician)
    if equipment := query.get("equipment"):
        rows = rows.filter(equipment__number=equipment)
    if number := query.get("q", "").strip().upper():
        rows = rows.filter(number=number) if number.startswith("RT-") else rows.filter(equipment__number=number)
    return rows


def choices():
    roles = list(ACCESS[Permission.TAKE_TICKETS])
    people = Staff.objects.filter(staff_roles__role__in=roles).distinct().order_by("name").values_list("username", "name")
    return {"states": TicketState.choices, "quadrants": Quadrant.choices, "technicians": list(people)}


def mood_of(ticket, at):
    soon_at, due_at = ticket.next_due
    return mood(soon_at=soon_at, due_at=due_at, at=at) if ticket.is_open and not ticket.paused_since else "none"


def column(rows, *, key, words, count, everything, total=None, order=("queue_key", "id"), sorts=False):
    """The first `count` of `rows` in order: {html, shown, count, may_grow, more, all}.

    `total` is how many there are, where that is known already. The page's `?more=` with this `key` shows up to 200 of them,
    the list with the query `everything` all.
    """
    found = list(rows.order_by(*order).values(*LIST)[:count])
    total = rows.count() if total is None else total
    html = cards_html(words.add_to(found), sorts=sorts)
    facts = {"shown": len(found), "count": max(total, len(found)), "may_grow": count < MORE}
    return {"html": html, "more": f"?more={key}", "all": f"{reverse('repairs:list')}?{everything}", **facts}


def board(rows, *, at, grown="", sorts=False):
    """{quadrant, "new" for what is not sorted yet: {code, label} and what `column` says}, first what waits to be sorted.

    `grown` is the one of which more is shown than the first eight.
    """
    waiting = rows.filter(queue_key__isnull=False)
    counts = dict(waiting.values_list("quadrant").annotate(Count("pk")).order_by())
    found, words = {}, Words(at)
    for code, label in [("", ""), *Quadrant.choices]:
        key = code or NEW
        facts = {"key": key, "count": MORE if key == grown else A_COLUMN, "total": counts.get(code, 0)}
        everything = f"state=open&quadrant={code}" if code else "state=reported"
        cards = column(waiting.filter(quadrant=code), words=words, sorts=sorts, everything=everything, **facts)
        found[key] = {"code": code, "label": label, **cards}
    return found


def queue_of_day(user, *, at, grown=""):
    """{"mine", "free", "to_tell": what `column` says} of a technician."""
    parts = {
        "mine": (queue_of(user), 20, ("queue_key", "id"), f"state=open&technician={user.username}"),
        "free": (free_tickets(), 8, ("queue_key", "id"), "state=triaged"),
        TO_TELL: (to_tell_for(user), 8, ("finished_at", "id"), f"state={TO_TELL}"),
    }
    words = Words(at)
    return {
        key: column(rows, key=key, words=words, count=MORE if key == grown else count, order=order, everything=everything)
        for key, (rows, count, order, everything) in parts.items()
    }


def grown_urgent_figure(*, at):
    """{sorted, grown, percent} over the last 90 days; percent is None when nothing was sorted as not urgent."""
    calm, grown = grown_urgent(at - DAYS, at)
    return {"calm": calm, "grown": grown, "percent": round(100 * grown / calm) if calm else None}

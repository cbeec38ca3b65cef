"""Rows of tickets as pages show them: plain values, words looked up once a page, the mood by the moment given."""

import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from conduct.people.access import ACCESS, Permission
from conduct.people.models import Staff

from .order import mood
from .queries import LIST, grown_urgent
from .states import Disturbance, Quadrant, TicketState

A_COLUMN = 12
DAYS = datetime.timedelta(days=90)


def filtered(rows, query):
    """`rows` narrowed by state, quadrant, technician, equipment, and a number or a word of the fault."""
    state = query.get("state", "")
    if state == "open":
        rows = rows.exclude(queue_key=None)
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


BADGES = [
    ("is_teaching", "teaching", _("teaching")),
    ("repeat_of_id", "failed", _("repeated fault")),
    ("reopened_at", "countered", _("reopened")),
    ("grew_urgent_at", "failed", _("urgent by waiting")),
    ("paused_since", "paused", _("clock stands still")),
]
MOODS = {"over": _("overdue"), "near": _("due soon"), "calm": _("in time")}
NUMBER = "RT-0"
ADDRESSES = (("ticket", NUMBER), ("move", NUMBER, "sort"), ("move", NUMBER, "sort-again"))


def with_words(rows, *, at):
    """Add to each row (a dict) what a card says of it; words and addresses are looked up once a page, not once a row."""
    states = {code: str(label) for code, label in TicketState.choices}
    quadrants = {code: str(label) for code, label in Quadrant.choices}
    disturbances = {code: str(label) for code, label in Disturbance.choices}
    badges = [(field, look, str(label)) for field, look, label in BADGES]
    moods = {code: str(label) for code, label in MOODS.items()}
    verbs = {True: pgettext("deadline", "finish"), False: pgettext("deadline", "take up")}
    page, sort, again = (reverse(f"repairs:{name}", args=args) for name, *args in ADDRESSES)
    zone = timezone.get_current_timezone()
    for row in rows:
        soon_at, row["due_at"] = _due(row)
        row["state_label"] = states[row["state"]]
        row["quadrant_label"] = quadrants.get(row["quadrant"], "")
        row["disturbance_label"] = disturbances[row["disturbance"]]
        row["is_open"] = row["state"] in TicketState.OPEN
        row["mood"] = mood(soon_at=soon_at, due_at=row["due_at"], at=at) if row["is_open"] and not row["paused_since"] else "none"
        row["age"] = timesince(row["reported_at"], at, depth=1)
        row["url"] = page.replace(NUMBER, row["number"])
        row["sort_url"] = (again if row["quadrant"] else sort).replace(NUMBER, row["number"])
        row["badges"] = [(look, label) for field, look, label in badges if row[field]]
        if row["mood"] != "none":
            row["verb"], row["mood_label"] = verbs[bool(row["taken_at"])], moods[row["mood"]]
            row["due_text"] = f"{row['due_at'].astimezone(zone):%m-%d %H:%M}"
    return rows


def _due(row):
    if row["taken_at"]:
        return row["finish_soon_at"], row["finish_due_at"]
    return row["answer_soon_at"], row["answer_due_at"]


def mood_of(ticket, at):
    soon_at, due_at = ticket.next_due
    return mood(soon_at=soon_at, due_at=due_at, at=at) if ticket.is_open and not ticket.paused_since else "none"


def cards(rows, *, at, count, order=("queue_key", "id")):
    """The first `count` of `rows` in order, with words, and whether there are more."""
    found = list(rows.order_by(*order).values(*LIST)[: count + 1])
    return {"rows": with_words(found[:count], at=at), "more": len(found) > count}


def board(rows, *, at):
    """{quadrant, "" for what is not sorted yet: {code, label, count, rows, more}}, first what waits to be sorted."""
    waiting = rows.filter(queue_key__isnull=False)
    counts = dict(waiting.values_list("quadrant").annotate(Count("pk")).order_by())
    found = {}
    for code, label in [("", ""), *Quadrant.choices]:
        column = cards(waiting.filter(quadrant=code), at=at, count=A_COLUMN)
        found[code] = {"code": code, "label": label, "count": counts.get(code, 0), **column}
    return found


def grown_urgent_figure(*, at):
    """{sorted, grown, percent} over the last 90 days; percent is None when nothing was sorted as not urgent."""
    calm, grown = grown_urgent(at - DAYS, at)
    return {"calm": calm, "grown": grown, "percent": round(100 * grown / calm) if calm else None}

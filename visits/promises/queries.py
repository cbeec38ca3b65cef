import datetime

from django.db.models import Q

from conduct.customers.queries import search_customers
from conduct.people.access import Permission, sees_all
from conduct.people.models import Staff

from .models import Promise
from .states import PromiseState

SOME = 50  # customers that a piece of a name may mean


def promises_for(user):
    """All of them for headquarters; for an engineer one's own and those of one's own visits."""
    rows = Promise.objects.select_related("site__customer", "visit", "owner", "made_by", "settled_by")
    if sees_all(user, Permission.SEE_PROMISES):
        return rows
    if user.may(Permission.SEE_PROMISES):
        return rows.filter(Q(owner=user) | Q(visit__engineer__staff=user))
    return rows.none()


def narrowed(rows, user, asked, today):
    """What a list asks for: `show` (open, late, mine, all), `customer` (a piece of the name or a number), `owner`, `until` (a day)."""
    show = asked.get("show") or "open"
    if show != "all":
        rows = rows.filter(state=PromiseState.OPEN)
    if show == "late":
        rows = rows.filter(due__lt=today)
    if show == "mine":
        rows = rows.filter(owner=user)
    if text := asked.get("customer", "").strip():
        found = search_customers(user, text)[0].values_list("pk", flat=True)[:SOME]
        rows = rows.filter(site__customer__in=list(found))
    if asked.get("owner"):
        rows = rows.filter(owner__username=asked["owner"])
    if until := _day(asked.get("until")):
        rows = rows.filter(due__lte=until)
    return rows


def _day(text):
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def owners():
    """[(user name, name)] of who has to keep something."""
    people = Staff.objects.filter(promises__state=PromiseState.OPEN).distinct().order_by("name", "pk")
    return list(people.values_list("username", "name"))


def open_at(site):
    """What a site still waits for, what is due first in front."""
    return site.promises.filter(state=PromiseState.OPEN).select_related("owner", "visit").order_by("due", "id")


def promises_of(visit):
    return visit.promises.select_related("owner", "settled_by").order_by("due", "id")


def waiting_for(user, today):
    """What this person has to keep by tomorrow, and what is late; for who plans visits everybody's that is late."""
    rows = promises_for(user).filter(state=PromiseState.OPEN)
    mine = Q(owner=user, due__lte=today + datetime.timedelta(days=1))
    return rows.filter(mine | Q(due__lt=today) if user.may(Permission.PLAN_VISITS) else mine).order_by("due", "id")

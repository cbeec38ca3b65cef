"""Deadlines that were given before a calendar changed: what they would be now, and working them out anew if a person says so."""

from zoneinfo import ZoneInfo

from django.db.models import Q

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.workdays.dependents import Dependent
from conduct.workdays.models import WorkCalendar
from conduct.workdays.queries import calendar_of

from . import actions
from .models import Deadline, RepairTicket
from .timing import work_out

MOST = 500


def affected(*, calendar_code, country, customer, first, last):
    """Open tickets whose deadline a change of these days would move, the nearest first, at most 500.

    `calendar_code` None, `country` "" and `customer` None mean that the change is not about one.
    """
    rows = RepairTicket.objects.filter(queue_key__isnull=False, paused_since=None, finish_due_at__isnull=False)
    if customer is not None:
        rows = rows.filter(equipment__site__customer=customer)
    rows = rows.select_related("equipment__site__customer").order_by("finish_due_at", "pk")[:MOST]
    codes, calendars, rules = _codes(calendar_code, country), {}, _rules(rows)
    found = [_moved(ticket, rules.get((ticket.pk, ticket.seen_version)), codes, calendars) for ticket in rows]
    return [row for row, ticket in zip(found, rows, strict=True) if row and _touches(row, ticket, first, last)]


def renew(*, keys, reason, by, at):
    """Work these tickets' deadlines out anew; a ticket that was closed or re-sorted meanwhile is left alone."""
    rows = RepairTicket.objects.filter(number__in=keys, queue_key__isnull=False, paused_since=None)
    for ticket in rows.select_related("equipment__site__customer", "assigned_to", "reporter").order_by("pk"):
        actions.work_out_anew(ticket=ticket, reason=reason, by=by, at=at)


def _codes(calendar_code, country):
    """The codes that a rule may name and be meant by the change; None when it may be any."""
    if calendar_code is None and not country:
        return None
    named = Q(code=calendar_code) if calendar_code is not None else Q(country=country)
    rows = list(WorkCalendar.objects.filter(named).values_list("code", "is_standard"))
    is_standard = any(standard for _code, standard in rows) or not WorkCalendar.objects.filter(is_standard=True).exists()
    return {code for code, _standard in rows} | ({""} if is_standard else set())


def _rules(tickets):
    """{(ticket, version): the rule its deadline came from}. Two queries."""
    given = Deadline.objects.filter(ticket__in=[ticket.pk for ticket in tickets]).select_related("policy")
    given = given.prefetch_related("policy__rules")
    found = {}
    for row in given:
        if row.policy:
            found[row.ticket_id, row.version] = next(rule for rule in row.policy.rules.all() if rule.quadrant == row.quadrant)
    return found


def _moved(ticket, rule, codes, calendars):
    if rule is None or (codes is not None and rule.calendar not in codes):
        return None
    site = ticket.equipment.site
    key = (rule.calendar, site.customer_id, site.time_zone)
    if key not in calendars:
        calendars[key] = calendar_of(rule.calendar, customer=site.customer, zone=site.time_zone)
    try:
        would_be = work_out(ticket=ticket, rule=rule, due_from=ticket.due_from, calendar=calendars[key])["finish"].due_at
    except DomainError:
        would_be = None
    if would_be == ticket.finish_due_at:
        return None
    label = f"{ticket.number} {ticket.equipment.name}"
    return Dependent(ticket.number, label, ticket.get_absolute_url(), _local(ticket.finish_due_at, site), would_be)


def _touches(row, ticket, first, last):
    """Whether the changed days lie on the way of the deadline, as it was or as it would be."""
    zone = ticket.equipment.site.time_zone
    end = max(moment for moment in (row.was, row.would_be) if moment)
    start = day_of(ticket.due_from, zone)
    return (last is None or start <= last) and (first is None or first <= day_of(end, zone))


def _local(moment, site):
    return moment.astimezone(ZoneInfo(site.time_zone))

"""Visits as an iCalendar file (RFC 5545): wall times of the site with its zone, so that a program shows them right anywhere."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

TENTATIVE = {"proposed"}
REFRESH = datetime.timedelta(minutes=15)


def calendar_of(visits, *, name, with_engineer, address):
    """The bytes of the file. `address` is the public address of the application, such as https://service.example.com."""
    calendar = Calendar()
    calendar.add("prodid", "-//field service//visits//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for visit in visits:
        calendar.add_component(_event(visit, with_engineer, address))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(visit, with_engineer, address):
    order, zone = visit.order, ZoneInfo(visit.order.site.time_zone)
    event = Event()
    event.add("uid", f"{visit.number}@{address.partition('//')[2] or 'fieldservice'}")
    event.add("sequence", visit.plan_version)
    event.add("dtstamp", visit.planned_at or visit.created_at)
    event.add("dtstart", visit.planned_start.astimezone(zone))
    event.add("dtend", visit.planned_end.astimezone(zone))
    what = f"{order.customer.name} · {order.site.name}"
    event.add("summary", f"{visit.engineer} · {what}" if with_engineer else what)
    event.add("location", " ".join(part for part in (order.site.city, order.site.address) if part))
    facts = {"visit": visit.number, "order": order.number, "state": visit.get_state_display()}
    event.add("description", _("Visit %(visit)s, work order %(order)s: %(state)s") % facts)
    event.add("status", "TENTATIVE" if visit.state in TENTATIVE else "CONFIRMED")
    event.add("url", f"{address}{visit.get_absolute_url()}")
    return event

"""Who hears of a breach: the engineer of one's own, and who may rule of what waits for them."""

import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from conduct.attendance import engagements
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role

RULERS = (Role.TECHNICAL_MANAGER, Role.MANAGER)


def tell_engineer(violation, code, at, until=None, once=None):
    """`until` is a deadline, told in the engineer's own zone."""
    person = violation.engineer.staff
    facts = {"time": f"{until.astimezone(ZoneInfo(person.time_zone)):%Y-%m-%d %H:%M}"} if until else {}
    tell(to=person, code=code, about=violation.number, url=violation.get_absolute_url(), once=once, at=at, **facts)


def tell_rulers(violation, code, at, *, roles=RULERS, but=None, once=None):
    """Everybody with one of `roles`, or else everybody who rules, but the engineer and `but`.

    When nobody is left the administrators hear that somebody has to be given the role.
    """
    people = _others(violation, roles, but) or _others(violation, RULERS, but)
    facts = {"about": violation.number, "once": once, "at": at, "engineer": violation.engineer.staff.name}
    if people:
        tell(to=people, code=code, url=violation.get_absolute_url(), **facts)
    else:
        tell(to=people_with_role(Role.ADMINISTRATOR), code="violation.nobody", url=reverse("people:list"), **facts)


def point_out_visits(engineer, until, zone, at):
    """Dispatchers learn which open engagements fall into a bar."""
    end = datetime.datetime.combine(until + datetime.timedelta(days=1), datetime.time(), ZoneInfo(zone))
    taken = engagements.between([engineer.staff_id], at, end).get(engineer.staff_id, ())
    things = [one for one in taken if one.is_open]
    if things:
        facts = {
            "engineer": engineer.staff.name,
            "day": until.isoformat(),
            "things": ", ".join(one.label for one in things)[:200],
        }
        tell(
            to=people_with_role(Role.DISPATCHER), code="engineer.barred", about=engineer.number, url=things[0].url, at=at, **facts
        )


def _others(violation, roles, but):
    people = {person.pk: person for role in roles for person in people_with_role(role)}
    left_out = {violation.engineer.staff_id, but.pk if but else None}
    return [person for pk, person in people.items() if pk not in left_out]

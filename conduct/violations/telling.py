"""Who hears of a breach: the engineer of one's own, and who may rule of what waits for them."""

import datetime
from zoneinfo import ZoneInfo

from conduct.attendance import engagements
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role

RULERS = (Role.TECHNICAL_MANAGER, Role.MANAGER)


def tell_engineer(violation, code, at, until=None):
    """`until` is a deadline, told in the engineer's own zone."""
    person = violation.engineer.staff
    facts = {"time": f"{until.astimezone(ZoneInfo(person.time_zone)):%Y-%m-%d %H:%M}"} if until else {}
    tell(to=person, code=code, about=violation.number, url=violation.get_absolute_url(), at=at, **facts)


def tell_rulers(violation, code, at, *, roles=RULERS, but=None):
    """Everybody with one of `roles` but the engineer and `but`; the administrators, when nobody is left who could rule."""
    people = _others(violation, roles, but) or _others(violation, [Role.ADMINISTRATOR], None)
    facts = {"engineer": violation.engineer.staff.name}
    tell(to=people, code=code, about=violation.number, url=violation.get_absolute_url(), at=at, **facts)


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

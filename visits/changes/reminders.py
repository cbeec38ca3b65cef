"""An emergency, or a failed test that was accepted, is reviewed on the next working day: its reviewer is asked, then the managers hear."""

from django.db import transaction

from conduct.base.days import day_of
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.workdays.arithmetic import shift_days
from conduct.workdays.queries import standard_calendar

from .queries import all_to_review


@transaction.atomic
def remind(*, at):
    """On the next working day the technical managers; when that has passed, the managers too. Each is told once."""
    calendar = standard_calendar()
    today = day_of(at, calendar.zone)
    for change in all_to_review():
        due = shift_days(day_of(change.window_from, calendar.zone), 1, calendar)
        if today == due:
            _tell("change.review", [Role.TECHNICAL_MANAGER], change, due, at)
        elif today > due:
            _tell("change.review_late", [Role.TECHNICAL_MANAGER, Role.MANAGER], change, due, at)


def _tell(code, roles, change, due, at):
    people = {person for role in roles for person in people_with_role(role)}
    facts = {"customer": change.visit.order.customer.name, "what": change.title, "day": str(due), "url": change.get_absolute_url()}
    tell(to=people, code=code, about=change.visit.number, once=f"{code}-{change.number}", at=at, **facts)

"""What is due and not done: everybody concerned is told before the day and, louder, after it; once each."""

from django.db import transaction

from conduct.base.days import day_of
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.workdays.queries import standard_calendar

from .due import urgency
from .queries import policy, to_do
from .states import JobState


@transaction.atomic
def remind(*, at):
    """Before the day the one whose turn it is and the triagers; after it the managers, too."""
    calendar, rule = standard_calendar(), policy()
    today = day_of(at, calendar.zone)
    triagers = list(people_with_role(Role.TRIAGER))
    loud = [*people_with_role(Role.MANAGER), *people_with_role(Role.TECHNICAL_MANAGER)]
    for job in to_do():
        how = urgency(job.next_due, today, rule.warn_days, calendar)
        if not how:
            continue
        what = "standard_" if job.state == JobState.AWAITING else ""
        turn = job.teacher if job.state == JobState.AWAITING else job.assigned_to
        people = {person for person in (turn, *triagers, *(loud if how == "late" else ())) if person}
        code, day = f"preparation.{what}{how}", str(job.next_due)
        facts = {"name": job.name, "room": job.room, "day": day}
        tell(
            to=people, code=code, about=job.number, url=job.get_absolute_url(), once=f"{job.number}-{code}-{day}", at=at, **facts
        )

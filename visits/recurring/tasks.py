from celery import shared_task
from django.utils import timezone

from conduct.base.days import day_of
from conduct.company.queries import company

from . import actions
from .queries import to_look_at

AT_ONCE = 200


@shared_task(name="recurring.make")
def make():
    """Raise what is due and not raised: a day on which nothing ran is made up for. Each plan is looked through once a day."""
    at = timezone.now()
    for plan in to_look_at(day_of(at, company().time_zone))[:AT_ONCE]:
        actions.make_due_or_tell(plan=plan, at=at)

from celery import shared_task
from django.utils import timezone

from . import closing, reminders


@shared_task(name="repairs.remind")
def remind():
    """What deadlines and pauses have to say by now."""
    reminders.remind(at=timezone.now())
    reminders.remind_of_pauses(at=timezone.now())


@shared_task(name="repairs.close")
def close():
    """Tickets whose reporter did not object in time."""
    closing.close_unanswered(at=timezone.now())

from celery import shared_task
from django.utils import timezone

from . import reminders


@shared_task(name="changes.remind")
def remind():
    """What was changed out of order and nobody has reviewed."""
    reminders.remind(at=timezone.now())

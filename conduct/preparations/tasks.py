from celery import shared_task
from django.utils import timezone

from . import reminders


@shared_task(name="preparations.remind")
def remind():
    """What is due and not ready by now."""
    reminders.remind(at=timezone.now())

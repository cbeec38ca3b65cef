from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="retention.erase")
def erase():
    """What is due and not done: a day on which nothing ran is made up for by the next run."""
    actions.erase_due(at=timezone.now())

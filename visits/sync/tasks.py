from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="sync.watch")
def watch():
    """What was announced and has arrived, what has not, and which laptops vanished."""
    at = timezone.now()
    actions.reconcile(at=at)
    actions.warn(at=at)

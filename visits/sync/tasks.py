from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="sync.watch")
def watch():
    """What was announced and has arrived, what has not, which laptops vanished, and whose entries came after the signature."""
    at = timezone.now()
    actions.reconcile(at=at)
    actions.look_again(at=at)
    actions.warn(at=at)

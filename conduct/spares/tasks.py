from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="spares.remind")
def remind():
    """Whoever lent a spare hears that it is due, and that it is late."""
    actions.remind(at=timezone.now())

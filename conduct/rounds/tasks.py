from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="rounds.make")
def make():
    """Rounds that are due and not made; late ones are told of."""
    actions.make_due(at=timezone.now())

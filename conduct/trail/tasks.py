from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="trail.seal")
def seal():
    actions.seal(at=timezone.now())

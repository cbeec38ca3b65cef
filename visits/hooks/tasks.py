from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="hooks.look")
def look():
    actions.look(at=timezone.now())

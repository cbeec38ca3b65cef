from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="escalations.remind")
def remind():
    actions.remind(at=timezone.now())

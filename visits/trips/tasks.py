from celery import shared_task
from django.utils import timezone

from . import reminding


@shared_task(name="trips.remind")
def remind():
    reminding.remind(at=timezone.now())

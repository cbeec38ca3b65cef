from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="projects.remind")
def remind():
    """Payments that did not come by their day are told of, once each."""
    actions.remind(at=timezone.now())

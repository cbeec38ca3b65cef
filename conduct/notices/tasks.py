from celery import shared_task
from django.utils import timezone

from conduct.outbox.channels.registry import mail_channels

from . import actions


@shared_task(name="notices.mail")
def mail():
    """One e-mail a person with what stayed unread."""
    actions.mail_waiting(channels=mail_channels(), at=timezone.now())

from celery import shared_task
from django.utils import timezone

from conduct.outbox.channels.registry import mail_channels

from . import actions, trail_head


@shared_task(name="notices.mail")
def mail():
    """One e-mail a person with what stayed unread."""
    actions.mail_waiting(channels=mail_channels(), at=timezone.now())


@shared_task(name="notices.trail_head")
def send_trail_head():
    """Once a day, at the first chance: an hour in which nothing ran is made up for."""
    trail_head.send(channels=mail_channels(), at=timezone.now())

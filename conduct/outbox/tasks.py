from celery import shared_task
from django.utils import timezone

from . import actions
from .channels.registry import bounce_mailbox, channel
from .models import Delivery
from .queries import abandoned, due, to_poll

AT_ONCE = 200


@shared_task(name="outbox.carry")
def carry(delivery_id):
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery:
        actions.carry(delivery=delivery, channel_of=channel, now=timezone.now)


@shared_task(name="outbox.ask")
def ask(delivery_id):
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery:
        actions.poll(delivery=delivery, channel_of=channel, now=timezone.now)


@shared_task(name="outbox.poll")
def poll():
    """Ask about everything that a channel took."""
    for delivery_id in to_poll(timezone.now()).order_by("next_try_at").values_list("pk", flat=True)[:AT_ONCE]:
        ask.delay(delivery_id)


@shared_task(name="outbox.bounces")
def bounces():
    """Read what mail servers sent back after they had accepted it."""
    mailbox = bounce_mailbox()
    if mailbox:
        mailbox.read(lambda bounce: actions.bounced(message_id=bounce.message_id, words=bounce.words, at=timezone.now()))


@shared_task(name="outbox.sweep")
def sweep():
    """Ring for every due delivery that nobody carries, and look after those whose courier died."""
    at = timezone.now()
    for delivery in abandoned(at)[:AT_ONCE]:
        actions.recover(delivery=delivery, channel_of=channel, at=at)
    for delivery_id in due(at).order_by("next_try_at").values_list("pk", flat=True)[:AT_ONCE]:
        carry.delay(delivery_id)

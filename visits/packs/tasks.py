from celery import shared_task
from django.utils import timezone

from conduct.outbox.channels.registry import mail_channels

from . import actions, chasing
from .models import Pack
from .queries import to_make


@shared_task(name="packs.look")
def look():
    """What is due and not done: open packs, have them made, tell who has to know. Beat does not run missed slots; this does."""
    at = timezone.now()
    actions.open_due(at=at)
    for pack_id in to_make(at).order_by("pk").values_list("pk", flat=True):
        make.delay(pack_id)
    chasing.remind(at=at)
    chasing.chase(at=at)


@shared_task(name="packs.make")
def make(pack_id):
    pack = Pack.objects.select_related("staff", "department").filter(pk=pack_id).first()
    if pack:
        actions.make(pack=pack, channels=mail_channels(), at=timezone.now())

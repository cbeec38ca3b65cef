"""The head of the trail's chain leaves the house every day: who holds yesterday's head can tell that nothing before it was changed."""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.company.queries import company
from conduct.outbox import actions as outbox
from conduct.outbox.models import Delivery
from conduct.outbox.states import RecipientKind
from conduct.trail.models import Seal

ORIGIN = "trail_head"


@transaction.atomic
def send(*, channels, at):
    """Put today's head on its way to headquarters' mailbox, once a day. Returns the delivery, or None when there is nothing to send."""
    ours = company()
    day = day_of(at, ours.time_zone).isoformat()
    head = Seal.objects.order_by("-pk").first()
    if head is None or not ours.mailbox or Delivery.objects.filter(origin=ORIGIN, reference=day).exists():
        return None
    return outbox.queue(
        origin=ORIGIN,
        reference=day,
        recipient_kind=RecipientKind.HQ_MAIL,
        recipient=ours.mailbox,
        channels=channels,
        files=[],
        subject=_("Head of the trail, %(day)s") % {"day": day},
        body=_("Event %(event)d, SHA-256 %(sha256)s. Please keep this message: “manage.py verify_trail” compares with it.")
        % {"event": head.event_id, "sha256": head.sha256},
        by=None,
        at=at,
    )

import datetime

from django.db.models import Count, Q

from conduct.base.sealing import unseal
from conduct.files.queries import read
from conduct.people.access import Permission

from .channels.base import Parcel
from .models import SECRET_HERE, Delivery
from .states import DeliveryState

# The sweeper rings every 30 s; after two minutes nobody heard it.
PATIENCE = datetime.timedelta(minutes=2)
DUE = (DeliveryState.QUEUED, DeliveryState.WAITING)


def deliveries_for(user):
    """The deliveries that this person may see."""
    return Delivery.objects.all() if user.may(Permission.SEE_DELIVERIES) else Delivery.objects.none()


def free(at):
    return Q(lease_until=None) | Q(lease_until__lte=at)


def due(at):
    """Deliveries to carry now that nobody carries."""
    return Delivery.objects.filter(free(at), state__in=DUE, next_try_at__lte=at)


def to_poll(at):
    """Deliveries that a channel took and whose result is awaited."""
    return Delivery.objects.filter(free(at), state=DeliveryState.SENT, next_try_at__lte=at).exclude(remote_id="")


def abandoned(at):
    """Deliveries whose courier died on the way."""
    return Delivery.objects.filter(state=DeliveryState.SENDING, lease_until__lte=at)


def oldest_due(at):
    """Since when the oldest due delivery waits, or None: what health looks at."""
    return due(at).order_by("next_try_at").values_list("next_try_at", flat=True).first()


def unsettled_by_state():
    """{state: how many} of the deliveries on their way and of those that wait for a person."""
    states = sorted(DeliveryState.OPEN | DeliveryState.NEEDS_A_PERSON)
    rows = Delivery.objects.filter(state__in=states).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(states, 0) | dict(rows)


def late_since(at):
    """Since when deliveries wait for a courier that should have come by now, or None."""
    oldest = oldest_due(at)
    return oldest if oldest and at - oldest > PATIENCE else None


def parcel_of(delivery, attempt):
    files = [(stored.name, stored.content_type, read(stored)) for stored in delivery.files.order_by("created_at", "pk")]
    secret = unseal(delivery.secret) if delivery.secret else ""
    return Parcel(
        recipient=delivery.recipient,
        subject=delivery.subject,
        body=delivery.body.replace(SECRET_HERE, secret) if secret else delivery.body,
        files=files,
        reference=attempt.reference,
        message_id=delivery.message_id,
        secret=secret,
    )

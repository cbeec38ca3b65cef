import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.doorbell import ring
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.leases import claim, fenced
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.signals import delivery_settled, send_to_one
from conduct.trail import actions as trail

from .channels.base import ChannelError
from .models import Attempt, Decision, Delivery
from .queries import DUE, parcel_of
from .reasons import Reason, next_try
from .states import DeliveryState, Phase

# A lease covers one step and is longer than the sum of its time-outs (SMTP 15 + 60 s, fax submit 30 s, rendering).
CARRY_LEASE = 150
POLL_LEASE = 60
POLL_EVERY = datetime.timedelta(seconds=15)
# Mail servers give up after five days (RFC 5321); the rest is room for slow ones.
BOUNCES_COME_WITHIN = datetime.timedelta(days=14)


class LostLease(Exception):
    """Another courier took over; whoever gets this writes nothing more."""


@transaction.atomic
def queue(*, origin, reference, recipient_kind, recipient, channels, files, subject, body="", secret="", previous=None, is_one_of_many=False, by, at):
    """Put something on its way to one recipient, by the first of `channels`. Written in the caller's transaction.

    `secret`, sealed, is what stands for SECRET_HERE in the body. For one of many no bell is rung, which costs seconds each while
    nobody hears it: the sweeper comes within half a minute.
    """
    delivery = Delivery.objects.create(
        number=next_number("D", day_of(at, "UTC").year),
        origin=origin,
        reference=reference,
        recipient_kind=recipient_kind,
        recipient=recipient,
        channel=channels[0],
        channels=channels[1:],
        subject=subject,
        body=body,
        secret=secret,
        previous=previous,
        message_id=f"<{uuid.uuid4()}@fieldservice>",
        queued_at=at,
        next_try_at=at,
    )
    delivery.files.set(files)
    if not is_one_of_many:
        ring("outbox.carry", delivery.pk)
    trail.note(verb="delivery.queued", subject=delivery, by=by, at=at, about=reference, channel=delivery.channel)
    return delivery


def carry(*, delivery, channel_of, now):
    """One try, from claim to result. Returns the delivery's new state, or None when another courier has it.

    `channel_of` makes a channel from its code, `now` is a clock: a try takes time, and each of its steps has its own.
    """
    attempt = _begin(delivery, now())
    if attempt is None:
        return None
    fence = attempt.fence
    try:
        channel = channel_of(delivery.channel)
        receipt = channel.send(parcel_of(delivery, attempt), lambda: _pass_point_of_no_return(delivery, attempt, fence))
    except ChannelError as error:
        return _settle_error(delivery, attempt, fence, error, now())
    except LostLease:
        return None
    return _settle_receipt(delivery, attempt, fence, receipt, now())


@transaction.atomic
def _begin(delivery, at):
    """Claim it and start a try, as one: a courier who dies here leaves nothing that waits for the end of a lease."""
    fence = claim(delivery, at=at, seconds=CARRY_LEASE, state__in=DUE)
    if fence is None:
        return None
    move(delivery, DeliveryState.SENDING, phase=Phase.BEFORE, tries=delivery.tries + 1)
    reference = f"{delivery.number}-{fence}"
    return Attempt.objects.create(delivery=delivery, fence=fence, reference=reference, started_at=at)


def _pass_point_of_no_return(delivery, attempt, fence):
    """Commit that from here on it may arrive. Raises LostLease when another courier took over."""
    with transaction.atomic():
        if not fenced(delivery, fence).filter(state=DeliveryState.SENDING).update(phase=Phase.AFTER):
            raise LostLease
        Attempt.objects.filter(pk=attempt.pk).update(phase=Phase.AFTER)


@transaction.atomic
def _settle_receipt(delivery, attempt, fence, receipt, at):
    if receipt.final:
        return _end(
            delivery, attempt, fence, DeliveryState.CONFIRMED, at, words=receipt.words, code=receipt.code, pages=receipt.pages
        )
    facts = {"remote_id": receipt.remote_id, "pages": receipt.pages, "next_try_at": at + POLL_EVERY, "lease_until": None}
    if not fenced(delivery, fence).update(**facts):
        return None
    delivery.refresh_from_db()
    move(delivery, DeliveryState.SENT)
    return delivery.state


@transaction.atomic
def _settle_error(delivery, attempt, fence, error, at):
    """Unsure stays with a person; otherwise the reason says when to try again, and after that the next channel."""
    if error.unsure:
        return _end(delivery, attempt, fence, DeliveryState.UNKNOWN, at, reason=error.reason, words=error.words, code=error.code)
    same = delivery.attempts.filter(reason=error.reason).count() + 1
    again = next_try(error.reason, same, queued_at=delivery.queued_at, at=at)
    state = DeliveryState.WAITING if again else DeliveryState.FAILED
    return _end(delivery, attempt, fence, state, at, reason=error.reason, words=error.words, code=error.code, next_try_at=again)


def _end(delivery, attempt, fence, state, at, *, reason="", words="", code="", pages=None, next_try_at=None):
    """Write the end of an attempt, if its claim is still the last one."""
    facts = {"reason": reason, "detail": words[:300], "lease_until": None, "next_try_at": next_try_at}
    if pages is not None:
        facts["pages"] = pages
    if not fenced(delivery, fence).update(**facts):
        return None
    delivery.refresh_from_db()
    move(delivery, state, **({"settled_at": at} if next_try_at is None else {}))
    Attempt.objects.filter(pk=attempt.pk).update(ended_at=at, outcome=state, reason=reason, words=words[:300], code=code)
    if state == DeliveryState.CONFIRMED:
        _tell(delivery, at)
    elif state == DeliveryState.FAILED:
        _go_on_by_the_next_channel(delivery, at)
    return state


def _go_on_by_the_next_channel(delivery, at):
    """The recipient's next channel, as a delivery of its own; with none left, whoever wanted this sent is told."""
    if not delivery.channels:
        _tell(delivery, at)
        return None
    return queue(
        origin=delivery.origin,
        reference=delivery.reference,
        recipient_kind=delivery.recipient_kind,
        recipient=delivery.recipient,
        channels=delivery.channels,
        files=list(delivery.files.all()),
        subject=delivery.subject,
        body=delivery.body,
        secret=delivery.secret,
        previous=delivery,
        by=None,
        at=at,
    )


def _tell(delivery, at):
    trail.note(
        verb=f"delivery.{delivery.state}", subject=delivery, by=None, at=at, about=delivery.reference, reason=delivery.reason
    )
    send_to_one(delivery_settled, sender=Delivery, origin=delivery.origin, delivery=delivery, at=at)


def poll(*, delivery, channel_of, now):
    """Ask a channel what became of what it took. Returns the state, or None when another courier asks."""
    fence = claim(delivery, at=now(), seconds=POLL_LEASE, state=DeliveryState.SENT)
    if fence is None:
        return None
    attempt = delivery.attempts.order_by("-fence").first()
    try:
        receipt = channel_of(delivery.channel).poll(delivery.remote_id)
    except ChannelError as error:
        if error.reason in (Reason.UNREACHABLE, Reason.SIGN_IN):
            return _ask_later(delivery, fence, now(), error.words)
        return _settle_error(delivery, attempt, fence, error, now())
    if receipt is None:
        return _ask_later(delivery, fence, now(), "")
    return _settle_receipt(delivery, attempt, fence, receipt, now())


def _ask_later(delivery, fence, at, words):
    fenced(delivery, fence).update(lease_until=None, next_try_at=at + POLL_EVERY, detail=words)
    return DeliveryState.SENT


@transaction.atomic
def recover(*, delivery, channel_of, at):
    """A courier died on the way. Before the point of no return nothing left the house; after it only the channel or a
    person can tell. Returns the new state, or None when it was settled meanwhile."""
    fence = claim(delivery, at=at, seconds=POLL_LEASE, state=DeliveryState.SENDING)
    if fence is None:
        return None
    attempt = delivery.attempts.order_by("-fence").first()
    words = _("The worker stopped on the way.")
    if delivery.phase == Phase.BEFORE:
        return _end(delivery, attempt, fence, DeliveryState.WAITING, at, reason=Reason.UNREACHABLE, words=words, next_try_at=at)
    remote_id = _find(delivery, attempt, channel_of)
    if remote_id:
        fenced(delivery, fence).update(remote_id=remote_id, lease_until=None, next_try_at=at)
        delivery.refresh_from_db()
        move(delivery, DeliveryState.SENT)
        return delivery.state
    return _end(delivery, attempt, fence, DeliveryState.UNKNOWN, at, reason=Reason.UNSURE, words=words)


def _find(delivery, attempt, channel_of):
    try:
        return channel_of(delivery.channel).find(attempt.reference)
    except ChannelError:
        return None


@transaction.atomic
def send_again(*, delivery, reason, by, at):
    """A person decides that it goes out again, from the first try on."""
    move(delivery, DeliveryState.QUEUED, next_try_at=at, settled_at=None, queued_at=at, phase=Phase.BEFORE, remote_id="")
    _decide(delivery, "again", reason, by, at)
    ring("outbox.carry", delivery.pk)


@transaction.atomic
def mark_arrived(*, delivery, reason, by, at):
    """A person knows that it arrived, such as by telephone."""
    move(delivery, DeliveryState.CONFIRMED, settled_at=at, next_try_at=None)
    _decide(delivery, "arrived", reason, by, at)
    _tell(delivery, at)


@transaction.atomic
def cancel(*, delivery, reason, by, at):
    if delivery.state == DeliveryState.SENDING:
        raise ForbiddenMove(_("It is being sent this very moment."))
    move(delivery, DeliveryState.CANCELLED, settled_at=at, next_try_at=None)
    _decide(delivery, "cancelled", reason, by, at)


@transaction.atomic
def bounced(*, message_id, words, at):
    """A mail server sent a message back after it had accepted it: its delivery is failed after all, and goes on by the next channel.

    Returns the delivery, or None when none of ours that counts as arrived has this Message-ID: a bounce may come twice.
    """
    lately = Delivery.objects.filter(queued_at__gt=at - BOUNCES_COME_WITHIN, state=DeliveryState.CONFIRMED)
    delivery = lately.filter(message_id=message_id).first()
    if delivery is None:
        return None
    move(delivery, DeliveryState.FAILED, reason=Reason.REFUSED, detail=words[:300], settled_at=at)
    _go_on_by_the_next_channel(delivery, at)
    return delivery


def _decide(delivery, what, reason, by, at):
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    Decision.objects.create(delivery=delivery, what=what, reason=reason, by=by, at=at)
    trail.note(verb=f"delivery.{what}", subject=delivery, by=by, at=at, reason=reason)

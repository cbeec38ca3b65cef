import datetime
import json
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.numbers import next_number
from conduct.base.sealing import seal
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import ChannelError
from conduct.outbox.states import RecipientKind
from conduct.trail import actions as trail

from .events import EVENTS
from .models import Call, Hook, HookWatch
from .queries import AT_ONCE, listening, news, unheard

ORIGIN = "hook"
CHANNELS = ["webhook"]
# Lines of the trail are written before they are committed: what was read lately is read again.
OVERLAP = datetime.timedelta(minutes=10)


@transaction.atomic
def subscribe(*, system, url, events, channel, by, at):
    """Call `url` from now on when something of `events` happens. Returns (hook, secret); the secret is shown this once.

    Raises DomainError for an address that may not be called, as `channel` says, and for events outside of the system's scopes.
    """
    if system.revoked_at:
        raise DomainError(_("This program is not let in any more."))
    if any(EVENTS.get(code) not in system.scopes for code in events):
        raise DomainError(_("The program's scopes do not cover this event."), field="events")
    try:
        channel.check_recipient(url)
    except ChannelError as error:
        raise DomainError(_("This address may not be called: it has to be HTTPS, reachable and outside of private networks."), field="url") from error
    secret = "whsec_" + secrets.token_urlsafe(32)
    hook = Hook.objects.create(
        number=next_number("WH", width=4), system=system, url=url, events=list(events), secret=seal(secret), created_at=at, created_by=by
    )
    trail.note(verb="hook.subscribed", subject=system, by=by, at=at, about=hook.number, events=list(events))
    return hook, secret


@transaction.atomic
def end(*, hook, by, at):
    if Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=at):
        trail.note(verb="hook.ended", subject=hook.system, by=by, at=at, about=hook.number)


@transaction.atomic
def look(*, at):
    """Read the trail since the last look, and put every event on its way to whoever asked for it. Returns how many calls.

    After AT_ONCE calls it ends, and the next look goes on from there: what was called of before does not count.
    """
    hooks, calls = listening(), 0
    oldest = min((hook.created_at for hook in hooks), default=at)
    watch, _new = HookWatch.objects.select_for_update().get_or_create(pk=1, defaults={"read_until": oldest})
    since, watch.read_until = watch.read_until - OVERLAP, at
    for event, due in news(hooks, since, at):
        for hook in due:
            _call(hook, event.pk, event.verb, event.subject, _body(event), at)
        calls += len(due)
        if calls >= AT_ONCE:
            watch.read_until = event.at
            break
    watch.save()
    return calls


def _body(event):
    """What a subscriber is told: what happened, when and to what. The thing itself it reads by the API, with its own token."""
    things = "orders" if event.subject_kind == "workorder" else "visits"
    url = f"{company().public_address.rstrip('/')}/api/v1/{things}/{event.subject}/"
    told = {"id": f"event-{event.pk}", "event": event.verb, "at": event.at.isoformat(), "number": event.subject, "url": url}
    return json.dumps(told)


def _call(hook, event, code, about, body, at, again_by=None, **facts):
    delivery = outbox.queue(
        origin=ORIGIN, reference=about, recipient_kind=RecipientKind.SYSTEM, recipient=hook.url, channels=CHANNELS, files=[],
        subject=code, body=body, secret=hook.secret, by=again_by, at=at, **facts,
    )  # fmt: skip
    return Call.objects.create(hook=hook, event=event, code=code, about=about, delivery=delivery, again_by=again_by, at=at)


@transaction.atomic
def call_again(*, call, is_one_of_many=False, by, at):
    """A person sends an event once more, with the same id in its body. Raises DomainError to an ended subscriber."""
    if call.hook.ended_at:
        raise DomainError(_("This subscriber has ended."))
    again = _call(call.hook, call.event, call.code, call.about, call.delivery.body, at, again_by=by, is_one_of_many=is_one_of_many)
    trail.note(verb="hook.called_again", subject=call.hook.system, by=by, at=at, about=call.hook.number, event=call.code)
    return again


@transaction.atomic
def call_all_again(*, hook, by, at):
    """A person sends again what the subscriber never got, at most AT_ONCE events. Returns how many. Raises DomainError as `call_again`."""
    calls = list(unheard(hook)[:AT_ONCE])
    for call in calls:
        call_again(call=call, is_one_of_many=True, by=by, at=at)
    return len(calls)


@transaction.atomic
def settled(*, delivery, at):
    """A subscriber that does not answer for a day is told of, once a day."""
    call = Call.objects.filter(delivery=delivery).select_related("hook__created_by", "hook__system").first()
    if call is None or delivery.state != "failed":
        return
    hook, once = call.hook, f"hook-{call.hook.number}-{at:%Y-%m-%d}"
    tell(to=hook.created_by, code="hook.failed", about=hook.number, url=hook.get_absolute_url(), once=once, at=at, name=hook.system.name)

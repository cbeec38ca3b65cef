"""The outbox keeps its word: tried again by reason, by the next channel, never twice by itself, never lost."""

import datetime
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from django.db import connection

from conduct.outbox import actions
from conduct.outbox.channels.base import ChannelError, Receipt
from conduct.outbox.models import Delivery
from conduct.outbox.queries import due
from conduct.outbox.reasons import Reason, next_try
from conduct.outbox.states import TRANSITIONS
from tests.workers import broker_at

MINUTE = datetime.timedelta(minutes=1)
ALLOWED = {
    "queued": "sending cancelled", "sending": "sent confirmed failed waiting unknown cancelled", "waiting": "sending cancelled",
    "sent": "confirmed failed waiting unknown cancelled", "unknown": "confirmed queued cancelled", "failed": "queued confirmed",
    "confirmed": "failed", "cancelled": "",
}  # fmt: skip


class Channel:
    """Does what it is told: a Receipt, or an error, before or after the point of no return."""

    def __init__(self, *results):
        self.results, self.sent = list(results), 0

    def send(self, parcel, point_of_no_return):
        result = self.results.pop(0)
        if isinstance(result, ChannelError) and not result.unsure:
            raise result
        point_of_no_return()
        if isinstance(result, ChannelError):
            raise result
        self.sent += 1
        return result

    poll = find = lambda self, _reference: self.results.pop(0)


def queue(at, channels=("email",)):
    return actions.queue(
        origin="letter", reference="VR-2026-000001", recipient_kind="hq_mail", recipient="hq@example.com",
        channels=list(channels), files=[], subject="s", by=None, at=at,
    )  # fmt: skip


def carry(delivery, channel, at):
    return actions.carry(delivery=delivery, channel_of=lambda code: channel, now=lambda: at)


@pytest.fixture(autouse=True)
def told():
    """Somebody who wants to know how letters end."""
    from conduct.base.signals import delivery_settled

    heard = []

    def listen(sender, delivery, at, **kwargs):
        heard.append(delivery.state)

    delivery_settled.connect(listen, sender="letter")
    yield heard
    delivery_settled.disconnect(listen, sender="letter")


def test_the_table_is_the_one_we_agreed_on():
    assert {str(state): set(map(str, after)) for state, after in TRANSITIONS.items()} == {
        state: set(after.split()) for state, after in ALLOWED.items()
    }


def test_a_receipt_confirms_and_tells(db, at, told):
    delivery = queue(at)
    assert carry(delivery, Channel(Receipt(final=True, code="250")), at) == "confirmed"
    assert told == ["confirmed"]


def test_a_passing_trouble_waits_longer_and_longer(db, at):
    delivery = queue(at)
    for minutes in (1, 2, 5, 15, 30, 60, 60):
        carry(delivery, Channel(ChannelError(Reason.TEMPORARY, "later", code="450")), at)
        assert delivery.state == "waiting" and delivery.next_try_at == at + minutes * MINUTE
        assert not due(at).exists()
        at = delivery.next_try_at
    assert delivery.attempts.count() == 7


def test_a_refusal_goes_to_the_next_channel_and_then_to_a_person(db, at, told):
    delivery = queue(at, ["email", "mail_folder"])
    carry(delivery, Channel(ChannelError(Reason.REFUSED, "no such user", code="550")), at)
    assert (delivery.state, told) == ("failed", [])

    carry(delivery.following, Channel(ChannelError(Reason.REFUSED, "nor here", code="550")), at)
    assert told == ["failed"]


def test_after_the_point_of_no_return_a_person_decides(db, at, chen):
    delivery = queue(at)
    carry(delivery, Channel(ChannelError(Reason.UNSURE, "gone", unsure=True)), at)
    assert delivery.state == "unknown"
    assert carry(delivery, Channel(Receipt(final=True)), at + MINUTE) is None

    actions.send_again(delivery=delivery, reason="总部没有收到", by=chen, at=at)
    assert carry(delivery, Channel(Receipt(final=True)), at) == "confirmed"


def test_a_courier_who_lost_the_lease_writes_nothing(db, at):
    delivery = queue(at)
    slow = Delivery.objects.get(pk=delivery.pk)

    class Slow(Channel):
        def send(self, parcel, point_of_no_return):
            Delivery.objects.filter(pk=slow.pk).update(fence=99)
            return super().send(parcel, point_of_no_return)

    channel = Slow(Receipt(final=True))
    assert carry(slow, channel, at) is None
    assert channel.sent == 0


@pytest.mark.parametrize(("phase", "state"), [("before", "waiting"), ("after", "unknown")])
def test_what_a_dead_courier_leaves_behind(db, at, phase, state):
    delivery = queue(at)
    with pytest.raises(ZeroDivisionError):
        carry(delivery, Channel(), at) if phase == "never" else _die(delivery, phase, at)
    later = at + 5 * MINUTE

    actions.recover(delivery=Delivery.objects.get(pk=delivery.pk), channel_of=lambda code: Channel(None), at=later)

    assert Delivery.objects.get(pk=delivery.pk).state == state


def _die(delivery, phase, at):
    class Mortal(Channel):
        def send(self, parcel, point_of_no_return):
            if phase == "after":
                point_of_no_return()
            return 1 / 0

    carry(delivery, Mortal(), at)


@pytest.mark.parametrize(
    ("reason", "tries", "minutes"),
    [
        ("busy", 1, 3), ("busy", 10, 3), ("busy", 11, None), ("no_answer", 5, 10), ("no_answer", 6, None),
        ("not_a_fax", 1, 10), ("not_a_fax", 2, None), ("dropped", 3, 1), ("dropped", 4, None), ("bad_number", 1, None),
        ("document", 1, None), ("refused", 1, None), ("temporary", 1, 1), ("temporary", 9, 60), ("own_line", 2, 2),
    ],
)  # fmt: skip
def test_when_a_try_is_repeated(at, reason, tries, minutes):
    again = next_try(Reason(reason), tries, queued_at=at, at=at)
    assert again == (None if minutes is None else at + minutes * MINUTE)


def test_patience_ends_after_a_day(at):
    assert next_try(Reason.TEMPORARY, 30, queued_at=at, at=at + datetime.timedelta(hours=23, minutes=30)) is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_handing_over_loses_nothing_and_doubles_nothing(at):
    delivery = queue(at)
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    code = textwrap.dedent(
        f"""
        import django, time; django.setup()
        from django.utils import timezone
        from conduct.outbox import actions
        from conduct.outbox.models import Delivery
        class Stuck:
            def send(self, parcel, point_of_no_return):
                point_of_no_return(); print("passed", flush=True); time.sleep(60)
        actions.carry(delivery=Delivery.objects.get(pk={delivery.pk}), channel_of=lambda code: Stuck(), now=timezone.now)
        """
    )
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "fieldservice.settings"}
    worker = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
    assert worker.stdout.readline() == "passed\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()

    delivery.refresh_from_db()
    after = delivery.lease_until + MINUTE
    channel = Channel(None)
    assert carry(Delivery.objects.get(pk=delivery.pk), channel, after) is None
    actions.recover(delivery=Delivery.objects.get(pk=delivery.pk), channel_of=lambda code: channel, at=after)
    delivery.refresh_from_db()
    assert (delivery.state, channel.sent) == ("unknown", 0)


@pytest.mark.django_db(transaction=True)
def test_with_redis_gone_the_row_is_saved_and_waits(at):
    with broker_at("redis://127.0.0.1:1/0"):
        begun = time.monotonic()
        delivery = queue(at)
        assert time.monotonic() - begun < 10
    assert list(due(at)) == [delivery]

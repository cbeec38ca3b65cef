"""An e-mail that a mail server accepted and then sent back is not "arrived": a real mailbox is read, a dispatcher sees it."""

import pytest

from conduct.outbox import actions, tasks
from conduct.outbox.channels.base import ChannelError
from conduct.outbox.channels.email.bounces import BounceMailbox, bounce_in
from conduct.outbox.models import Delivery
from conduct.trail.models import Event

from .imap import PASSWORD, imap_server, put

REPORT = """From: MAILER-DAEMON@mx.customer.example
To: service@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=x"

--=x
Content-Type: text/plain

Sorry.
--=x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.example

Final-Recipient: rfc822; it@customer.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user here

--=x
Content-Type: {kind}

Message-ID: {message_id}
Subject: VR-2026-000001

--=x--
"""


def report(message_id="<one@fieldservice>", action="failed", kind="message/rfc822"):
    return REPORT.format(message_id=message_id, action=action, kind=kind).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_our_message_and_why(kind):
    bounce = bounce_in(report(kind=kind))

    assert (bounce.message_id, bounce.words) == ("<one@fieldservice>", "smtp; 550 5.1.1 No such user here")


@pytest.mark.parametrize("raw", [report(action="delayed"), report(action="delivered"), b"Subject: holiday\n\nI am away.", b""])
def test_anything_else_is_no_bounce(raw):
    assert bounce_in(raw) is None


@pytest.fixture
def accepted(house, at):
    """A mail server took the customer's copy half an hour ago."""
    return Delivery.objects.create(
        number="D-2026-000001", origin="trail_head", reference="VR-2026-000001", recipient_kind="customer_mail",
        recipient="it@customer.example", channel="email", channels=[], subject="s", state="confirmed",
        message_id="<one@fieldservice>", queued_at=at,
    )  # fmt: skip


def test_the_delivery_is_failed_once_however_often_the_bounce_comes(accepted, at):
    assert actions.bounced(message_id="<one@fieldservice>", words="550 No such user", at=at) == accepted
    assert actions.bounced(message_id="<one@fieldservice>", words="550 No such user", at=at) is None

    accepted.refresh_from_db()
    assert (accepted.state, accepted.reason, accepted.detail) == ("failed", "refused", "550 No such user")
    assert Event.objects.filter(verb="delivery.failed").count() == 1


def test_a_bounce_of_somebody_elses_message_changes_nothing(accepted, at):
    assert actions.bounced(message_id="<other@elsewhere>", words="550", at=at) is None

    accepted.refresh_from_db()
    assert accepted.state == "confirmed"


def test_a_real_mailbox_is_read_once(accepted, settings, monkeypatch, at):
    with imap_server() as port:
        put(port, b"Subject: holiday\r\n\r\nI am away.\r\n")
        put(port, report())
        settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT, settings.BOUNCE_IMAP_TLS = "127.0.0.1", port, False
        settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = "bounces", PASSWORD
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

        tasks.bounces()
        again = BounceMailbox("127.0.0.1", port, "bounces", PASSWORD, tls=False).read(lambda bounce: None)

    accepted.refresh_from_db()
    assert (accepted.state, again) == ("failed", 0)


def test_what_a_crash_interrupts_is_read_again(accepted):
    def crash(bounce):
        raise ZeroDivisionError

    with imap_server() as port:
        put(port, report())
        box = BounceMailbox("127.0.0.1", port, "bounces", PASSWORD, tls=False)
        with pytest.raises(ZeroDivisionError):
            box.read(crash)
        assert box.read(lambda bounce: None) == 1


def test_a_wrong_password_and_a_dead_server_are_told_apart():
    with imap_server() as port:
        with pytest.raises(ChannelError) as refused:
            BounceMailbox("127.0.0.1", port, "bounces", "wrong", tls=False).read(lambda bounce: None)
    with pytest.raises(ChannelError) as dead:
        BounceMailbox("127.0.0.1", port, "bounces", PASSWORD, tls=False, seconds=2).read(lambda bounce: None)

    assert (refused.value.reason, dead.value.reason) == ("sign_in", "unreachable")

"""E-mail by real SMTP: what each answer means, and that only our own phase tells "dropped before" from "perhaps delivered"."""

import pytest
from aiosmtpd.controller import Controller

from conduct.outbox.channels.base import ChannelError, Parcel
from conduct.outbox.channels.email.channel import Email
from tests.conduct.outbox.mail import Mailbox, RudeServer
from tests.services import free_port

PARCEL = Parcel(
    recipient="hq@example.com", subject="服务纪录 VR-2026-000001", body="请查收", reference="D-2026-000001-1",
    files=[("VR-2026-000001.pdf", "application/pdf", b"%PDF-1.7 x")], message_id="<1@fieldservice>",
)  # fmt: skip


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


def send(port, passed, seconds=5):
    channel = Email(host="127.0.0.1", port=port, sender="service@example.com", connect_seconds=1, talk_seconds=seconds)
    return channel.send(PARCEL, lambda: passed.append(True))


def test_an_accepted_mail_is_a_receipt(mailbox):
    receipt = send(mailbox.port, passed := [])

    assert receipt.final and receipt.code == "250" and passed == [True]
    [(to, content)] = mailbox.taken
    assert to == ["hq@example.com"] and b"Message-ID: <1@fieldservice>" in content and b"VR-2026-000001.pdf" in content


@pytest.mark.parametrize(
    ("where", "answer", "reason", "passed"),
    [
        ("rcpt", "450 4.7.1 greylisted", "temporary", []),
        ("rcpt", "421 4.3.2 closing", "temporary", []),
        ("rcpt", "550 5.1.1 no such user", "refused", []),
        ("data", "452 4.3.1 disk full", "temporary", [True]),
        ("data", "550 5.7.1 spam", "refused", [True]),
    ],
)
def test_what_an_answer_means(mailbox, where, answer, reason, passed):
    setattr(mailbox, where, answer)
    with pytest.raises(ChannelError) as error:
        send(mailbox.port, told := [])

    assert (error.value.reason, error.value.unsure, told) == (reason, False, passed)
    assert error.value.code == answer[:3]


@pytest.mark.parametrize(("habit", "unsure"), [("drop_before_data", True), ("drop_after_dot", True), ("silent", False)])
def test_a_connection_that_breaks(habit, unsure):
    server = RudeServer(habit)
    server.start()
    with pytest.raises(ChannelError) as error:
        send(server.port, [], seconds=1)
    server.stop()

    assert error.value.unsure is unsure
    assert error.value.reason == ("unsure" if unsure else "unreachable")


def test_nobody_there():
    with pytest.raises(ChannelError) as error:
        send(free_port(), [])
    assert (error.value.reason, error.value.unsure) == ("unreachable", False)

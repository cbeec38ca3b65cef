"""Reads the mailbox of our own sender: what mail servers send back after they had accepted it (RFC 3464)."""

import email
import imaplib
from dataclasses import dataclass
from email.policy import default

from ...reasons import Reason
from ..base import ChannelError

AT_ONCE = 50


@dataclass(frozen=True)
class Bounce:
    """`message_id` names our message, `words` say why, in the other server's own words."""

    message_id: str
    words: str


def bounce_in(raw):
    """The Bounce that an e-mail (bytes) reports, or None: a delay, a receipt or anything else is none."""
    message = email.message_from_bytes(raw, policy=default)
    if message.get_content_type() != "multipart/report":
        return None
    status = next(message_parts(message, "message/delivery-status"), None)
    returned = next(message_parts(message, "message/rfc822", "text/rfc822-headers"), None)
    if status is None or returned is None:
        return None
    blocks = [block for block in status.iter_parts() if block.get("Action", "").strip().lower() == "failed"]
    message_id = _original(returned).get("Message-ID", "").strip()
    if not blocks or not message_id:
        return None
    words = blocks[0].get("Diagnostic-Code") or blocks[0].get("Status") or ""
    return Bounce(message_id, " ".join(str(words).split()))


def message_parts(message, *kinds):
    return (part for part in message.walk() if part.get_content_type() in kinds)


def _original(part):
    if part.get_content_type() == "message/rfc822":
        return next(part.iter_parts())
    return email.message_from_string(part.get_content(), policy=default)


@dataclass(frozen=True)
class BounceMailbox:
    """An IMAP mailbox. Each unseen e-mail is read once and then marked as seen; nothing is deleted."""

    host: str
    port: int
    user: str
    password: str
    tls: bool = True
    seconds: float = 30

    def read(self, settle):
        """Call `settle(bounce)` for each bounce that was not read yet. Returns how many there were.

        An e-mail counts as read only after `settle` came back: what a crash interrupts is read again. Raises
        ChannelError when the mailbox does not answer.
        """
        try:
            with self._connect() as box:
                box.select("INBOX")
                _status, found = box.search(None, "UNSEEN")
                return sum(self._settle(box, place, settle) for place in found[0].split()[:AT_ONCE])
        except imaplib.IMAP4.error as error:
            raise ChannelError(Reason.SIGN_IN, error) from error
        except OSError as error:
            raise ChannelError(Reason.UNREACHABLE, error) from error

    def _connect(self):
        kind = imaplib.IMAP4_SSL if self.tls else imaplib.IMAP4
        box = kind(self.host, self.port, timeout=self.seconds)
        box.login(self.user, self.password)
        return box

    def _settle(self, box, place, settle):
        _status, parts = box.fetch(place, "(BODY.PEEK[])")
        bounce = bounce_in(parts[0][1])
        if bounce:
            settle(bounce)
        box.store(place, "+FLAGS", r"(\Seen)")
        return bounce is not None

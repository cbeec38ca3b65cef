"""Sending a test from the channels page: at once, outside of the outbox, so that the answer can be shown."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from conduct.base.errors import DomainError
from conduct.base.ids import uuid7
from conduct.trail import actions as trail

from .channels.base import ChannelError, Parcel
from .channels.registry import channel


def send_a_test(*, code, recipient, by, at):
    """The channel's answer in words. Raises DomainError in the channel's words when it does not work."""
    reference = f"TEST-{uuid7(at).hex[:12]}"
    parcel = Parcel(
        recipient=recipient,
        subject=_("Test of the channel"),
        body=_("This is a test. Nothing has to be done."),
        files=[("test.pdf", "application/pdf", _page(reference))],
        reference=reference,
        message_id=f"<{reference}@fieldservice>",
    )
    try:
        way = channel(code)
        way.check_recipient(recipient)
        receipt = way.send(parcel, lambda: None)
    except ChannelError as error:
        words = f"{error.reason.label}: {error.words}" if error.words else str(error.reason.label)
        raise DomainError(words, field="recipient") from error
    trail.note(verb="channel.tested", subject=by, by=by, at=at, channel=code, recipient=recipient)
    return receipt.words or receipt.code or receipt.remote_id


def _page(reference):
    """A one-page PDF with nothing but the reference on it."""
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((120, 120), f"{reference}\nfield service: test page", fill=0, font_size=48)
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()

"""Every channel and how the installation's settings make one."""

import ipaddress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..reasons import Reason
from .base import ChannelError
from .email.bounces import BounceMailbox
from .email.channel import Email
from .fax_folder.channel import FaxFolder
from .fax_hylafax.channel import Hylafax
from .mail_folder.channel import MailFolder
from .webhook.channel import Webhook

LABELS = {
    "email": _("e-mail (SMTP)"),
    "mail_folder": _("e-mail into a folder"),
    "fax_hylafax": _("fax (HylaFAX)"),
    "fax_folder": _("fax into a folder"),
    "webhook": _("web hook"),
}


def _email():
    return Email(
        host=settings.SMTP_HOST,
        port=settings.SMTP_PORT,
        sender=settings.MAIL_FROM,
        user=settings.SMTP_USER,
        password=settings.SMTP_PASSWORD,
        tls=settings.SMTP_TLS,
        connect_seconds=settings.SMTP_CONNECT_SECONDS,
        talk_seconds=settings.SMTP_TALK_SECONDS,
    )


def _hylafax():
    return Hylafax(
        host=settings.HYLAFAX_HOST,
        port=settings.HYLAFAX_PORT,
        user=settings.HYLAFAX_USER,
        password=settings.HYLAFAX_PASSWORD,
    )


MAKERS = {
    "email": _email,
    "mail_folder": lambda: MailFolder(folder=Path(settings.OUTBOX_FOLDER) / "mail", sender=settings.MAIL_FROM),
    "fax_hylafax": _hylafax,
    "fax_folder": lambda: FaxFolder(folder=Path(settings.OUTBOX_FOLDER) / "fax"),
    "webhook": lambda: Webhook(networks=tuple(ipaddress.ip_network(text) for text in settings.WEBHOOK_NETWORKS)),
}
NEEDS = {"email": "SMTP_HOST", "fax_hylafax": "HYLAFAX_HOST"}


def is_set_up(code):
    return code in MAKERS and (code not in NEEDS or bool(getattr(settings, NEEDS[code])))


def channel(code):
    """The channel `code`, made from the settings. Raises ChannelError when it is not set up."""
    if not is_set_up(code):
        raise ChannelError(Reason.NOT_SET_UP, code)
    return MAKERS[code]()


def bounce_mailbox():
    """The mailbox where bounces arrive, or None when there is none."""
    if not settings.BOUNCE_IMAP_HOST:
        return None
    return BounceMailbox(
        host=settings.BOUNCE_IMAP_HOST,
        port=settings.BOUNCE_IMAP_PORT,
        user=settings.BOUNCE_IMAP_USER,
        password=settings.BOUNCE_IMAP_PASSWORD,
        tls=settings.BOUNCE_IMAP_TLS,
    )


def mail_channels():
    """The ordered channels for a mailbox."""
    return list(settings.MAIL_CHANNELS)


def fax_channels():
    return list(settings.FAX_CHANNELS)

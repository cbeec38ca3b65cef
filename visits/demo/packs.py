"""The demo's monthly packs: those of the last month, handed in by everybody, all but one arrived."""

import datetime

from conduct.outbox import actions as outbox
from conduct.outbox.channels.base import ChannelError, Receipt
from conduct.outbox.models import Delivery
from conduct.outbox.reasons import Reason
from visits.packs import actions as packs
from visits.packs.models import Pack, PackPolicy
from visits.packs.queries import due_day, policy
from visits.statistics.months import name, shifted

MAILBOX = "office@yuanjing.example"


class Office:
    """The administration's mail server. One mail is too large for it."""

    def __init__(self, refuses):
        self.refuses = refuses

    def send(self, parcel, point_of_no_return):
        if self.refuses:
            raise ChannelError(Reason.REFUSED, "552 message size exceeds limit", code="552")
        point_of_no_return()
        return Receipt(final=True, code="250", words="queued")


def hand_in(*, keeper, today, zone):
    """Everybody's pack of the last month, on the morning of its day."""
    month = name(shifted(today.replace(day=1), -1))
    packs.save_policy(policy=PackPolicy(mailbox=MAILBOX, first_month=month), by=keeper, at=_morning(today, zone))
    at = _morning(due_day(month, policy()), zone)
    packs.open_due(at=at)
    for pack in Pack.objects.select_related("staff", "department").order_by("pk"):
        packs.make(pack=pack, channels=["mail_folder"], at=at)
        office = Office(refuses=bool(pack.staff) and pack.staff.username == "hu")
        for delivery in Delivery.objects.filter(origin=packs.ORIGIN, reference=pack.number, state="queued"):
            outbox.carry(delivery=delivery, channel_of=lambda code, way=office: way, now=lambda: at)


def _morning(day, zone):
    return datetime.datetime.combine(day, datetime.time(8), zone)

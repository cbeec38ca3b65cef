"""Words and addresses of replies. That somebody wrote, who reviewed it and when it arrived stays."""

from conduct.outbox import erasing as outbox
from conduct.outbox.models import Delivery

from .models import Reply
from .queries import ORIGIN
from .states import ReplyState

DONE = (ReplyState.DELIVERED, ReplyState.FAILED, ReplyState.DISCARDED)
NOBODY = "–"


def written_before(moment):
    """Replies that are done with, written before that moment, whose words are still here."""
    return Reply.objects.filter(state__in=DONE, drafted_at__lt=moment, erased_at=None).order_by("drafted_at", "pk")


def blank(*, replies, at):
    """Take words, address and letter away. Returns (how many, files that nobody needs any more)."""
    rows = list(replies.select_related("letter"))
    files = [row.letter for row in rows if row.letter_id]
    outbox.blank(deliveries=Delivery.objects.filter(origin=ORIGIN, reference__in=[row.number for row in rows]))
    nothing = {"recipient": NOBODY, "addressee": "", "subject": NOBODY, "text": NOBODY, "remark": "", "letter": None}
    return Reply.objects.filter(pk__in=[row.pk for row in rows]).update(**nothing, erased_at=at), files


def forget_address(*, address):
    """A contact was erased: nobody reads any more where a finished reply went."""
    Reply.objects.filter(state__in=DONE, recipient__iexact=address).update(recipient=NOBODY, addressee="")

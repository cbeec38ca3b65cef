import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.links import new_token
from conduct.base.sealing import seal
from conduct.notices.actions import tell
from conduct.outbox import actions as outbox
from conduct.outbox.states import DeliveryState, RecipientKind
from conduct.trail import actions as trail
from visits.followup import actions as followup
from visits.followup.queries import follow_up_of
from visits.followup.states import FollowUpState
from visits.invitations.queries import known_addresses

from .letters import address_of, letter
from .models import EvaluationLink
from .queries import CLOSED

# A customer writes when there is time for it; a signature would not wait that long.
GOOD_FOR = datetime.timedelta(days=7)
ORIGIN = "evaluation"


@transaction.atomic
def issue(*, visit, recipient="", language="zh-hans", channels=(), by, at):
    """Make a link for the customer; an older one ends. Returns (link, token): the token is told this once.

    It goes to `recipient`, one of the customer's known addresses, by the first of `channels`; with an empty one it is for who asked.
    Raises DomainError for another address, and for a visit that does not wait for the customer's word.
    """
    if recipient and recipient not in known_addresses(visit.order):
        raise DomainError(_("Send it to an address that is known for this customer."), field="recipient")
    if visit.state not in CLOSED or follow_up_of(visit).state == FollowUpState.REACHED:
        raise DomainError(_("This visit does not wait for the customer's word."))
    EvaluationLink.objects.filter(visit=visit).revoke(at)
    token, sha256 = new_token()
    link = EvaluationLink.objects.create(visit=visit, token_sha256=sha256, created_at=at, created_by=by, expires_at=at + GOOD_FOR)
    if recipient:
        _mail(link, token, recipient, language, channels, by, at)
    until = link.expires_at.isoformat(timespec="minutes")
    trail.note(verb="evaluation.link_sent" if recipient else "evaluation.link_made", subject=visit, by=by, at=at, until=until)
    return link, token


def _mail(link, token, recipient, language, channels, by, at):
    outbox.queue(
        origin=ORIGIN, reference=link.visit.record_number, recipient_kind=RecipientKind.CUSTOMER_MAIL, recipient=recipient,
        channels=channels, files=[], secret=seal(address_of(token)), by=by, at=at, **letter(link, language),
    )  # fmt: skip


@transaction.atomic
def settled(*, delivery, at):
    """The letter arrived or did not: who had sent it is told of the latter, as long as the customer may still answer."""
    link = EvaluationLink.objects.usable(at).filter(visit__record_number=delivery.reference).select_related("visit").first()
    if link and delivery.state == DeliveryState.FAILED:
        number = link.visit.number
        tell(to=link.created_by, code="evaluation.failed", about=number, url=f"/visits/{number}/follow-up/", at=at)


@transaction.atomic
def evaluate(*, link, account, scores, comment, at):
    """Keep what the customer wrote, once. Raises ForbiddenMove when the link was used or ended meanwhile."""
    if not link.spend(at):
        raise ForbiddenMove(_("This link was used already or is no longer good."))
    visit, sender = link.visit, link.created_by
    followup.record_call(visit=visit, account=account, scores=scores, comment=comment, by_link=True, by=sender, at=at)
    tell(to=sender, code="evaluation.written", about=visit.number, url=f"/visits/{visit.number}/follow-up/", at=at)

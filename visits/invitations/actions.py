import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.ids import nonce
from conduct.base.links import new_token
from conduct.base.sealing import seal
from conduct.notices.actions import tell
from conduct.outbox import actions as outbox
from conduct.outbox.states import RecipientKind
from conduct.trail import actions as trail
from visits.postponements import actions as postponements
from visits.postponements.models import Postponement
from visits.signoff import actions as signoff
from visits.signoff.queries import ready_to_sign

from .letters import address_of, letter
from .models import Invitation
from .queries import ended, invitation_page, known_addresses, links_to, not_waiting, standing_of

GOOD_FOR = datetime.timedelta(hours=72)
ORIGIN = "invitation"


@transaction.atomic
def invite(*, thing, recipient, language, channels, by, at):
    """Make a link for the customer to a visit's record or a postponement; an older one ends. Returns (invitation, its address).

    It goes to `recipient`, one of the customer's known addresses, by the first of `channels`; with an empty recipient the
    address is for who asked, told this once. Raises DomainError for what nobody can sign now.
    """
    _check(thing)
    if recipient and recipient not in known_addresses(thing.order):
        raise DomainError(_("Send it to an address that is known for this customer."), field="recipient")
    invitation, token = _make(thing, by, at, recipient=recipient, language=language)
    address = address_of(token)
    if recipient:
        invitation.delivery = _mail(invitation, address, channels, by, at)
        invitation.save(update_fields=["delivery"])
    verb = "invitation.sent" if recipient else "invitation.copied"
    trail.note(verb=verb, subject=_subject(thing), by=by, at=at, until=invitation.expires_at.isoformat(timespec="minutes"))
    return invitation, address


@transaction.atomic
def hand_out(*, postponement, visit, language, by, at):
    """On the next visit the customer answers on the engineer's screen: a link that is opened here and told to nobody. Returns it.

    Raises DomainError when nothing waits for an answer, or the visit is of another order.
    """
    _check(postponement)
    if visit.order_id != postponement.order_id:
        raise DomainError(_("This visit belongs to another order."))
    invitation, _token = _make(postponement, by, at, recipient="", language=language)
    trail.note(verb="signing.handed_over", subject=visit, by=by, at=at, about=postponement.number)
    return open_link(invitation=invitation, at=at)


def _check(thing):
    if isinstance(thing, Postponement):
        if why := not_waiting(thing):
            raise DomainError(why)
    elif not ready_to_sign(thing):
        raise DomainError(_("Something is still missing before the customer can sign. The record page says what."))


def _make(thing, by, at, **facts):
    links = links_to(thing)
    links.revoke(at)
    token, sha256 = new_token()
    to = {"postponement" if isinstance(thing, Postponement) else "visit": thing}
    return links.create(**to, token_sha256=sha256, created_by=by, created_at=at, expires_at=at + GOOD_FOR, **facts), token


def _subject(thing):
    """What the trail tells of: a postponement belongs to its order."""
    return thing.order if isinstance(thing, Postponement) else thing


def _mail(invitation, address, channels, by, at):
    return outbox.queue(
        origin=ORIGIN, reference=invitation.number, recipient_kind=RecipientKind.CUSTOMER_MAIL,
        recipient=invitation.recipient, channels=channels, files=[], secret=seal(address), by=by, at=at, **letter(invitation),
    )  # fmt: skip


@transaction.atomic
def open_link(*, invitation, new_nonce=nonce, at):
    """The customer has come by the link; the first time is noted. Raises ForbiddenMove, in words, when it leads nowhere."""
    invitation = _locked(invitation)
    if why := ended(invitation, at):
        raise ForbiddenMove(why)
    if not invitation.opened_at:
        invitation.opened_at = at
        visit = invitation.visit
        invitation.nonce = signoff.issue_nonce(visit=visit, new_nonce=new_nonce, at=at) if visit else new_nonce()
        invitation.save(update_fields=["opened_at", "nonce"])
        trail.note(verb="invitation.opened", subject=_subject(invitation.thing), by=None, at=at)
    return invitation


@transaction.atomic
def sign(*, invitation, package_id, package, at):
    """Keep what the customer signed or refused, once. Returns (sign-off, whether it is new).

    It closes the record by the same action as on the laptop. Who was reading when the link ended loses nothing: it is kept
    with a mark, for a person to settle. Raises ForbiddenMove for another signature under a used link.
    """
    invitation = _locked(invitation)
    if invitation.sign_off_id and str(invitation.sign_off_id) != str(package_id):
        raise ForbiddenMove(ended(invitation, at))
    has_ended = bool(invitation.revoked_at or invitation.expires_at <= at) and not invitation.used_at
    kept, is_new = signoff.receive(
        visit=invitation.visit, package_id=package_id, package=package, by_link=True, link_ended=has_ended,
        by=invitation.created_by, at=at,
    )  # fmt: skip
    if is_new:
        invitation.used_at, invitation.sign_off = at, kept
        invitation.save(update_fields=["used_at", "sign_off"])
        _tell_sender(invitation, at)
    return kept, is_new


def _tell_sender(invitation, at):
    visit, code = invitation.visit, f"invitation.{standing_of(invitation, at)}"
    trail.note(verb="invitation.used", subject=visit, by=None, at=at, sha256=invitation.sign_off.sha256)
    tell(to=invitation.created_by, code=code, about=visit.record_number, url=visit.get_absolute_url(), at=at)


@transaction.atomic
def answer(*, invitation, answer_id, package, at):
    """Keep the customer's word on a postponement, once. Returns (postponement, whether it is new). Raises ForbiddenMove under an ended link."""
    invitation = _locked(invitation)
    if not invitation.used_at and (why := ended(invitation, at)):
        raise ForbiddenMove(why)
    kept, is_new = postponements.answer(
        postponement=invitation.postponement, answer_id=answer_id, package=package, nonce=invitation.nonce, by=invitation.created_by, at=at
    )
    if is_new:
        Invitation.objects.filter(pk=invitation.pk).update(used_at=at)
    return kept, is_new


def _locked(invitation):
    return invitation_page().select_for_update(of=("self",)).get(pk=invitation.pk)


@transaction.atomic
def revoke(*, thing, by, at):
    """End the link that waits for the customer; who is reading at this moment can still sign, and a person settles it."""
    if not links_to(thing).revoke(at):
        raise DomainError(_("No link waits for the customer."))
    trail.note(verb="invitation.revoked", subject=_subject(thing), by=by, at=at)


@transaction.atomic
def settled(*, delivery, at):
    """The letter arrived or did not: who had sent it is told of the latter."""
    first = delivery
    while first.previous_id:
        first = first.previous
    invitation = invitation_page().filter(delivery=first).first()
    if invitation is None:
        return
    Invitation.objects.filter(pk=invitation.pk).update(delivery=delivery)
    if delivery.state == "failed":
        url = invitation.thing.get_absolute_url()
        tell(to=invitation.created_by, code="invitation.failed", about=invitation.number, url=url, at=at)

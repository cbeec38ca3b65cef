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
from visits.signoff import actions as signoff
from visits.signoff.queries import ready_to_sign

from .letters import address_of, letter
from .models import Invitation
from .queries import ended, known_addresses, standing_of

GOOD_FOR = datetime.timedelta(hours=72)
ORIGIN = "invitation"


@transaction.atomic
def invite(*, visit, recipient, language, channels, by, at):
    """Make a link for the customer; an older one ends. Returns (invitation, address of the link).

    It goes to `recipient`, one of the customer's known addresses, by the first of `channels`; with an empty recipient the
    address is for who asked, told this once. Raises DomainError for a record that nobody can sign now.
    """
    if not ready_to_sign(visit):
        raise DomainError(_("Something is still missing before the customer can sign. The record page says what."))
    if recipient and recipient not in known_addresses(visit.order):
        raise DomainError(_("Send it to an address that is known for this customer."), field="recipient")
    Invitation.objects.filter(visit=visit).revoke(at)
    token, sha256 = new_token()
    address = address_of(token)
    invitation = Invitation.objects.create(
        visit=visit, recipient=recipient, language=language, token_sha256=sha256, created_by=by, created_at=at, expires_at=at + GOOD_FOR
    )
    if recipient:
        invitation.delivery = _mail(invitation, address, channels, by, at)
        invitation.save(update_fields=["delivery"])
    verb = "invitation.sent" if recipient else "invitation.copied"
    trail.note(verb=verb, subject=visit, by=by, at=at, until=invitation.expires_at.isoformat(timespec="minutes"))
    return invitation, address


def _mail(invitation, address, channels, by, at):
    return outbox.queue(
        origin=ORIGIN, reference=invitation.visit.record_number, recipient_kind=RecipientKind.CUSTOMER_MAIL,
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
        invitation.nonce = signoff.issue_nonce(visit=invitation.visit, new_nonce=new_nonce, at=at)
        invitation.save(update_fields=["opened_at", "nonce"])
        trail.note(verb="invitation.opened", subject=invitation.visit, by=None, at=at)
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


def _locked(invitation):
    return Invitation.objects.select_for_update(of=("self",)).select_related("visit__order__site", "created_by").get(pk=invitation.pk)


@transaction.atomic
def revoke(*, visit, by, at):
    """End the link that waits for the customer; who is reading at this moment can still sign, and a person settles it."""
    if not Invitation.objects.filter(visit=visit).revoke(at):
        raise DomainError(_("No link of this visit waits for the customer."))
    trail.note(verb="invitation.revoked", subject=visit, by=by, at=at)


@transaction.atomic
def settled(*, delivery, at):
    """The letter arrived or did not: who had sent it is told of the latter."""
    first = delivery
    while first.previous_id:
        first = first.previous
    invitation = Invitation.objects.filter(delivery=first).select_related("visit", "created_by").first()
    if invitation is None:
        return
    Invitation.objects.filter(pk=invitation.pk).update(delivery=delivery)
    if delivery.state == "failed":
        visit = invitation.visit
        tell(to=invitation.created_by, code="invitation.failed", about=visit.record_number, url=visit.get_absolute_url(), at=at)

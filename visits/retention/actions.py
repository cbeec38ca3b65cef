import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.customers import erasing as customers
from conduct.devices import erasing as devices
from conduct.notices import erasing as notices
from conduct.notices.queries import notices_for
from conduct.outbox import erasing as outbox
from conduct.people import erasing as people
from conduct.systems import erasing as systems
from conduct.trail import actions as trail
from visits.feeds import erasing as feeds
from visits.handwriting import erasing as handwriting
from visits.replies import erasing as replies
from visits.signoff import erasing as signoff

from . import queries
from .due import ERASE
from .models import RetentionPolicy
from .terms import KINDS, too_short

# Rows of one kind in one transaction, and the most of one kind in one run: the next run goes on.
AT_ONCE, A_RUN = 100, 2000
# How long another program may ask for the answer to the same request again.
SAME_ANSWER = datetime.timedelta(days=30)


@transaction.atomic
def set_terms(*, terms, reason, by, at):
    """A new version of the table. Raises DomainError beside the kind whose term is too short."""
    for code in too_short(terms):
        raise DomainError(_("This has to be kept longer."), field=code)
    last = RetentionPolicy.objects.first()
    version = last.version + 1 if last else 1
    policy = RetentionPolicy.objects.create(version=version, terms=terms, reason=reason, by=by, at=at)
    trail.note(verb="retention.changed", subject=policy, by=by, at=at, version=version, reason=reason)
    return policy


def erase_due(*, at, by=None):
    """Erase what has reached its end, oldest first. Returns {code: how many rows}; at most A_RUN of each kind."""
    done = {kind.code: _erase_kind(kind.code, by, at) for kind in KINDS}
    Session.objects.filter(expire_date__lt=at).delete()
    systems.drop_answers(before=at - SAME_ANSWER)
    return done


def _erase_kind(code, by, at):
    done = 0
    for rows in queries.due_rows(code, at):
        while done < A_RUN and (count := _erase_some(code, rows[:AT_ONCE], by, at)):
            done += count
    return done


@transaction.atomic
def _erase_some(code, rows, by, at):
    count = ERASE[code](rows, by, at)
    if count:
        trail.note(verb="retention.erased", subject=company(), by=by, at=at, kind=code, count=count)
    return count


@transaction.atomic
def erase_staff(*, staff, reason, by, at):
    """Erase somebody who has left. Signed records stay as they are, restricted. Raises DomainError with what is in the way."""
    waiting = queries.in_the_way_of(staff)
    if waiting:
        raise DomainError(_("This still waits for the person: %(things)s") % {"things": ", ".join(waiting)})
    email = staff.email
    signoff.restrict(sign_offs=signoff.naming_staff(staff), at=at)
    people.erase(staff=staff, reason=reason, by=by, at=at)
    devices.forget_names(staff=staff)
    handwriting.drop_specimens(staff=staff)
    feeds.drop(staff=staff)
    notices.drop(notices=notices_for(staff))
    EmailAddress.objects.filter(user=staff).delete()
    Authenticator.objects.filter(user=staff).delete()
    if email:
        outbox.blank(deliveries=outbox.letters_to(email))


@transaction.atomic
def erase_contact(*, contact, reason, by, at):
    """Erase a customer's contact. Signed records stay as they are, restricted. Raises DomainError with what is in the way."""
    if waiting := queries.orders_waiting_for(contact):
        raise DomainError(_("Open orders name this contact; name another one first: %(things)s") % {"things": ", ".join(waiting)})
    was = customers.erase(contact=contact, reason=reason, by=by, at=at)
    signoff.restrict(sign_offs=signoff.naming_contact(contact, was["name"]), at=at)
    if was["email"]:
        replies.forget_address(address=was["email"])
        outbox.blank(deliveries=outbox.letters_to(was["email"]))

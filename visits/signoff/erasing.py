"""A signature whose person was erased is restricted: kept as it is, shown to hardly anybody. At the end of its term it goes."""

from django.db.models import Q

from visits.records.scrubbing import scrubbed
from visits.schedule.states import VisitState

from .models import SignOff

FILES = ("stamp", "stamped_copy", "scan")
TEXTS = ("typed_name", "signer_name", "signer_position", "signer_telephone", "comment", "refusal_reason", "no_stamp_reason")


def signed_before(moment):
    """Signatures of ended visits that were given before that moment, oldest first."""
    rows = SignOff.objects.filter(erased_at=None, signed_at__lt=moment, visit__state__in=VisitState.CLOSED)
    return rows.select_related("visit").order_by("signed_at")


def naming_contact(contact, name):
    """Signatures that the contact gave, or that stand on an order of that contact."""
    return SignOff.objects.filter(Q(visit__order__contact=contact) | Q(visit__order__site=contact.site_id, signer_name=name))


def naming_staff(staff):
    """Signatures under the visits of an engineer."""
    return SignOff.objects.filter(visit__engineer__staff=staff)


def restrict(*, sign_offs, at):
    """Returns how many are restricted now that were not before. Not a byte of them changes."""
    return SignOff.objects.filter(pk__in=list(sign_offs.values_list("pk", flat=True)), restricted_at=None).update(
        restricted_at=at
    )


def erase(*, sign_off, at):
    """Words, strokes and pictures go; which version of what was signed, when, and its hash stay. Returns the files."""
    files = [getattr(sign_off, name) for name in FILES if getattr(sign_off, name)]
    blank = dict.fromkeys(TEXTS, "") | dict.fromkeys(FILES)
    statement = scrubbed(sign_off.statement)
    SignOff.objects.filter(pk=sign_off.pk).update(**blank, strokes=None, statement=statement, clock={}, erased_at=at)
    return files

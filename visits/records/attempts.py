"""What was refused on the live page and somebody may have to look at: it leaves a line on the trail, nothing else."""

from django.db import transaction

from conduct.privacy.queries import private_contacts
from conduct.trail import actions as trail

from . import schema
from .privacy import CUSTOMER_READS, customers_own
from .queries import positions_of


@transaction.atomic
def note(*, visit, kind, payload, by, at):
    """A private contact in what the customer reads, or a result of a scope item that is not this visit's."""
    payload, errors = schema.clean(kind, payload)
    if errors or (kind == "note" and not payload["for_customer"]):
        return
    texts = " / ".join(payload.get(name) or "" for name in CUSTOMER_READS.get(kind, ()))
    if found := private_contacts(texts, allowed=customers_own(visit.order)):
        said = ", ".join(texts[one.start : one.end].strip() for one in found)
        trail.note(verb="entry.contact_refused", subject=visit, by=by, at=at, kind=kind, found=said[:300])
    if kind == "result" and payload["scope_item"] not in positions_of(visit):
        trail.note(verb="entry.scope_refused", subject=visit, by=by, at=at, scope_item=payload["scope_item"])

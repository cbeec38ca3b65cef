"""What a customer may not read in a reply: private contact details, and the real name of an engineer whom the customer knows under another."""

from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.customers.queries import addresses_known_of
from conduct.privacy.queries import private_contacts
from conduct.privacy.words import refusal

TEXTS = ("addressee", "subject", "text")


def check(reply):
    """Raises DomainError beside the field, with the way to do it right."""
    texts = {name: getattr(reply, name) for name in TEXTS}
    suspicious = {name: text for name, text in texts.items() if private_contacts(text)}
    allowed = addresses_known_of(reply.customer) if suspicious else ()
    for name, text in suspicious.items():
        if found := private_contacts(text, allowed=allowed):
            raise DomainError(refusal(text, found, company().hotline), field=name)
    if reply.visit_id:
        _check_names(texts, reply.visit)


def _check_names(texts, visit):
    real, agreed = visit.engineer.staff.name, visit.identity_name
    if real == agreed:
        return
    for name, text in texts.items():
        if real in text:
            words = _("The customer knows %(real)s as “%(agreed)s”; write that name.")
            raise DomainError(words % {"real": real, "agreed": agreed}, field=name)

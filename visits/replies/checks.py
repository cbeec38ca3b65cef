"""What a customer may not read in a reply: private contact details, and the real name of an engineer whom the customer knows under another."""

from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.customers.queries import addresses_known_of
from conduct.privacy.queries import private_contacts
from conduct.privacy.words import name_refusal, refusal
from visits.records.privacy import secret_name

TEXTS = ("addressee", "subject", "text")


def check(reply):
    """Raises DomainError beside the field, with the way to do it right."""
    texts = {name: getattr(reply, name) for name in TEXTS}
    suspicious = {name: text for name, text in texts.items() if private_contacts(text)}
    allowed = addresses_known_of(reply.customer) if suspicious else ()
    for name, text in suspicious.items():
        if found := private_contacts(text, allowed=allowed):
            raise DomainError(refusal(text, found, company().hotline), field=name)
    real = secret_name(reply.visit) if reply.visit_id else ""
    for name, text in texts.items():
        if real and real in text:
            raise DomainError(name_refusal(real, reply.visit.identity_name), field=name)

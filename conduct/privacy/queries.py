from conduct.company.queries import company
from conduct.people.models import Staff

from .detect import find, normal


def company_numbers():
    """What the company itself gives out: hotline, fax, mailbox, and the numbers it gave to project staff."""
    ours = company()
    return [ours.hotline, ours.fax, ours.mailbox, *ours.project_numbers.splitlines()]


def private_contacts(text, *, allowed=()):
    """The Findings in a text that is meant for a customer. `allowed` are the customer's own numbers and addresses.

    The company's numbers are asked for only when something was found at all: most texts hold nothing.
    """
    return find(text, [*company_numbers(), *allowed]) if find(text) else []


def colleagues_contacts(text):
    """The Findings in a text that are a colleague's own telephone or mailbox, which headquarters would have to know."""
    found = private_contacts(text)
    if not found:
        return []
    own = Staff.objects.exclude(telephone="", email="").values_list("telephone", "email")
    numbers = {normal(value) for pair in own for value in pair if value}
    return [finding for finding in found if finding.normal in numbers]

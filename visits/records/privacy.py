"""Nothing that the customer gets carries a private contact (rule I4): which texts those are, and whose numbers may stand there."""

from conduct.company.queries import company
from conduct.privacy.queries import private_contacts
from conduct.privacy.words import refusal

# The texts of an entry that the customer reads on the statement, and so on the paper.
CUSTOMER_READS = {
    "result": ("cause", "action", "prevention"), "hq_confirmation": ("confirmed_how",), "part": ("name",), "request": ("text",),
    "promise": ("text",), "open_point": ("text",), "photo": ("caption",), "note": ("text",), "pause": ("reason",), "left_site": ("reason",),
    "new_need": ("text",), "change_request": ("text",), "change_emergency": ("reason",), "answer": ("note",), "delay_notice": ("reason",),
    "training": ("content",), "attendee": ("unit",), "assessment": ("remark",),
}  # fmt: skip


def against(visit, kind, payload):
    """{field: sentence} for each text of the entry that gives a private contact away."""
    if kind == "note" and not payload["for_customer"]:
        return {}
    texts = {name: payload.get(name) for name in CUSTOMER_READS.get(kind, ()) if payload.get(name)}
    found = {name: _found(visit, text) for name, text in texts.items()}
    return {name: refusal(texts[name], rows, company().hotline) for name, rows in found.items() if rows}


def against_file_name(visit, name):
    """The sentence that speaks against a file's name, or ""."""
    found = _found(visit, name)
    return refusal(name, found, company().hotline) if found else ""


def _found(visit, text):
    return private_contacts(text) and private_contacts(text, allowed=customers_own(visit))


def customers_own(visit):
    """The numbers and addresses of this visit's customer, site and contacts."""
    site, customer = visit.order.site, visit.order.customer
    people = site.contacts.values_list("telephone", "email")
    return [customer.telephone, customer.email, site.supervisor_telephone, site.fax, *(value for row in people for value in row)]

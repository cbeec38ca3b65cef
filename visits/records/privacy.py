"""Nothing that the customer gets carries a private contact (rule I4) or the real name behind an agreed identity: which texts those are."""

from conduct.company.queries import company
from conduct.privacy.queries import private_contacts
from conduct.privacy.words import name_refusal, refusal

# The texts of an entry that the customer reads on the statement, and so on the paper.
CUSTOMER_READS = {
    "result": ("cause", "action", "prevention"), "hq_confirmation": ("confirmed_name", "confirmed_how"), "part": ("name",),
    "request": ("text",), "promise": ("text",), "open_point": ("text",), "photo": ("caption",), "note": ("text",), "pause": ("reason",),
    "left_site": ("reason",), "new_need": ("text",), "change_request": ("text",), "change_emergency": ("reason",), "answer": ("note",),
    "delay_notice": ("reason",), "training": ("content",), "attendee": ("name", "unit"), "assessment": ("remark",),
}  # fmt: skip


def against(visit, kind, payload):
    """{field: sentence} for each text of the entry that gives a private contact or the engineer's real name away."""
    if kind == "note" and not payload["for_customer"]:
        return {}
    texts = {name: payload.get(name) for name in CUSTOMER_READS.get(kind, ()) if payload.get(name)}
    said = {name: against_text(text, order=visit.order, visit=visit) for name, text in texts.items()}
    return {name: words for name, words in said.items() if words}


def against_text(text, *, order, visit=None):
    """The sentence that speaks against a text, or a file's name, which the customer of an order gets; "" when nothing does."""
    if found := private_contacts(text) and private_contacts(text, allowed=customers_own(order)):
        return refusal(text, found, company().hotline)
    is_named = visit and visit.engineer.staff.name.lower() in text.lower()
    return name_refusal(real, visit.identity_name) if is_named and (real := secret_name(visit)) else ""


def customers_own(order):
    """The numbers and addresses of the order's customer, site and contacts."""
    site, customer = order.site, order.customer
    people = site.contacts.values_list("telephone", "email")
    return [customer.telephone, customer.email, site.supervisor_telephone, site.fax, *(value for row in people for value in row)]


def secret_name(visit):
    """The engineer's real name where the customer knows another one, else "". Somebody at the customer's may have the same name."""
    real, site = visit.engineer.staff.name, visit.order.site
    if real in f"{visit.identity_name} {visit.identity_capacity}":
        return ""
    return "" if real in (site.supervisor_name, *site.contacts.values_list("name", flat=True)) else real

"""Where the things behind a figure have their pages. Pure."""

from django.utils.translation import gettext_lazy as _

PAGES = {
    "visit": (_("visit"), "/visits/%s/"),
    "ticket": (_("ticket"), "/repairs/%s/"),
    "slip": (_("stock slip"), "/stock/%s/"),
    "loan": (_("spare loan"), "/spares/loans/%s/"),
    "purchase": (_("purchase request"), "/purchases/%s/"),
}


def page_of(kind, number):
    """(what it is in words, its address or "")."""
    label, address = PAGES.get(kind, (kind, ""))
    return label, address % number if address else ""

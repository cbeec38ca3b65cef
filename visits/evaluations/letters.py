"""The e-mail that brings a link to the customer, in the customer's language."""

from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from conduct.company.queries import company
from conduct.outbox.models import SECRET_HERE


def address_of(token):
    """Where a link leads: the secret stands in the fragment, which no server and no log sees."""
    return f"{company().public_address.rstrip('/')}/evaluate/#{token}"


def letter(link, language):
    """{subject, body}; the address itself is put in only when the letter goes out."""
    ours, visit = company(), link.visit
    zone = ZoneInfo(visit.order.site.time_zone)
    with translation.override(language):
        about = {
            "company": ours.name_in(language), "number": visit.record_number, "site": visit.order.site.name, "hotline": ours.hotline,
            "day": f"{visit.planned_start.astimezone(zone):%Y-%m-%d}", "until": f"{link.expires_at.astimezone(zone):%Y-%m-%d %H:%M}",
            "link": SECRET_HERE,
        }  # fmt: skip
        body = _(
            "Our engineer was at %(site)s on %(day)s (service record %(number)s). Please tell us how it was; it takes two minutes:\n\n"
            "%(link)s\n\nThe link is good for one answer, until %(until)s. Questions are answered at %(hotline)s.\n\n%(company)s\n"
        )
        return {"subject": (_("How was our visit? %(number)s") % about)[:200], "body": body % about}

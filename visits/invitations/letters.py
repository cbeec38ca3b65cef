"""The e-mail that brings a link to the customer, in the customer's language."""

from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from conduct.company.queries import company
from conduct.outbox.models import SECRET_HERE


def address_of(token):
    """Where a link leads: the secret stands in the fragment, which no server and no log sees."""
    return f"{company().public_address.rstrip('/')}/signing/#{token}"


def letter(invitation):
    """{subject, body}; the address itself is put in only when the letter goes out."""
    ours, site = company(), invitation.order.site
    zone = ZoneInfo(site.time_zone)
    with translation.override(invitation.language):
        about = {
            "company": ours.name_in(invitation.language), "number": invitation.number, "site": site.name, "until": f"{invitation.expires_at.astimezone(zone):%Y-%m-%d %H:%M}",
            "hotline": ours.hotline, "link": SECRET_HERE,
        }  # fmt: skip
        asked, lead = _of_visit(invitation.visit, zone) if invitation.visit_id else _of_postponement()
        subject = asked % about
        body = lead + "\n\n%(link)s\n\n" + _(
            "The link is good for one signature, until %(until)s. Please do not hand it on: who holds it can sign.\n"
            "Questions are answered at %(hotline)s.\n\n%(company)s\n"
        )
        return {"subject": subject[:200], "body": body % about}


def _of_visit(visit, zone):
    day = f"{visit.planned_start.astimezone(zone):%Y-%m-%d}"
    lead = _("Our engineer was at %(site)s on {day}. Please read the service record %(number)s and sign it here:")
    return _("Please read and sign: service record %(number)s"), lead.format(day=day)


def _of_postponement():
    lead = _("Work at %(site)s is to be done later than agreed. Please read why (%(number)s), and say in writing whether you accept it:")
    return _("Please read and answer: postponement %(number)s"), lead

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.trail import actions as trail

from .indexing import index_sites
from .models import Contact, Site


def left_before(moment):
    """Contacts who left before that moment and whose data is still here."""
    return (
        Contact.objects.filter(is_active=False, erased_at=None, left_at__lt=moment)
        .select_related("site")
        .order_by("left_at", "pk")
    )


@transaction.atomic
def erase(*, contact, reason="", by, at):
    """Blank what is kept of a customer's contact, also where the same person is the site's supervisor.

    Returns {name, email} as they were. Raises DomainError when it was erased before.
    """
    was = {"name": contact.name, "email": contact.email}
    blank = {"name": f"erased-{contact.pk}", "position": "", "telephone": "", "email": "", "is_active": False}
    left_at = contact.left_at or at
    if not Contact.objects.filter(pk=contact.pk, erased_at=None).update(**blank, left_at=left_at, erased_at=at):
        raise DomainError(_("This was erased before."))
    Site.objects.filter(pk=contact.site_id, supervisor_name=was["name"]).update(supervisor_name="", supervisor_telephone="")
    contact.refresh_from_db()
    index_sites(Site.objects.filter(pk=contact.site_id))  # nobody finds the site by the person's name or telephone any more
    trail.note(verb="contact.erased", subject=contact.site, by=by, at=at, name=contact.name, reason=reason)
    return was

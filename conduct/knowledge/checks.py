"""What no article holds: private contact details, and who the customer was."""

from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.privacy.queries import private_contacts

from .models import WRITTEN
from .queries import customers_named_in


def check(version):
    """Raises DomainError beside the field."""
    for field in WRITTEN:
        text = getattr(version, field)
        if found := private_contacts(text):
            shown = text[found[0].start : found[0].end].strip()
            raise DomainError(_("“%(found)s” is a contact; articles hold none.") % {"found": shown}, field=field)
    # The names of the customers are read once for all fields; the field is looked for only when one was found.
    for name in customers_named_in("\n".join(getattr(version, field) for field in WRITTEN)):
        plain = "".join(name.split())
        field = next((field for field in WRITTEN if plain in "".join(getattr(version, field).split())), None)
        raise DomainError(_("“%(name)s” is a customer; articles are for everybody and name none.") % {"name": name}, field=field)

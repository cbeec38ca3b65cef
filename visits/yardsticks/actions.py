from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.trail import actions as trail

from .queries import in_force

FIELDS = ("punctual_minutes", "repeat_days", "home_by")


@transaction.atomic
def change(*, yardstick, by, at):
    """Put a new edition in force from now on. Raises DomainError when it says nothing new or somebody was faster."""
    before = in_force(at)
    if all(getattr(before, name) == getattr(yardstick, name) for name in FIELDS):
        raise DomainError(_("These are the figures that hold already."))
    yardstick.pk, yardstick.number, yardstick.by, yardstick.at = None, before.number + 1, by, at
    try:
        with transaction.atomic():
            yardstick.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(_("Somebody put another edition in force this very moment. Please look at it first.")) from error
    facts = {name: getattr(yardstick, name) for name in FIELDS}
    trail.note(verb="yardstick.changed", subject=yardstick, by=by, at=at, reason=yardstick.reason, **facts)
    return yardstick

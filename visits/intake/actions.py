from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.numbers import next_number
from conduct.customers.models import Site
from conduct.trail import actions as trail
from visits.orders.actions import raise_order
from visits.presence.actions import join

from .queries import likely_duplicates


class SameMatter(DomainError):
    """An open order of the site is likely about the same. `orders` are these."""

    def __init__(self, orders):
        self.orders = orders
        numbers = ", ".join(order.number for order in orders[:3])
        words = _("%(numbers)s of this site is likely the same matter. Look there first, or tick that this is another one.")
        super().__init__(words % {"numbers": numbers}, field="another_matter")


@transaction.atomic
def take_in(*, order, equipment, scope, another_matter=False, project=None, by, at, **needs):
    """Raise an order that somebody just told, as part of `project` if one is named. `needs` as in `raise_order`.

    Raises SameMatter unless somebody looked and says that it is another one. Whoever takes in for the same site at the
    same moment waits, so that a call that two people answer does not become two orders.
    """
    Site.objects.select_for_update(no_key=True).filter(pk=order.site_id).values_list("pk").first()
    if not another_matter and (known := likely_duplicates(order=order, equipment=equipment, scope=scope)):
        raise SameMatter(known)
    raised = raise_order(order=order, equipment=equipment, scope=scope, by=by, at=at, **needs)
    return join(order=raised, project=project, by=by, at=at) if project else raised


@transaction.atomic
def save_template(*, template, skills, certified, by, at):
    """Write an order template. Orders that began with it stay as they are."""
    is_new = not template.number
    template.number = template.number or next_number("OT", width=4)
    template.save()
    template.skills.set(skills)
    template.certified.set(certified)
    verb = "order_template.created" if is_new else "order_template.changed"
    trail.note(verb=verb, subject=template, by=by, at=at, name=template.name, still_there=template.is_active)
    return template

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.projects.states import ProjectState
from conduct.trail import actions as trail

from .models import ProjectOrder
from .queries import project_of


@transaction.atomic
def join(*, order, project, by, at):
    """Say to which project an order belongs; None for none. Raises DomainError for another customer's or a closed project."""
    before = project_of(order)
    if before == project:
        return order
    if project and project.customer_id != order.customer_id:
        raise DomainError(_("This project is another customer's."), field="project")
    if project and project.state != ProjectState.OPEN:
        raise DomainError(_("This project is closed."), field="project")
    ProjectOrder.objects.filter(order=order).delete()
    if before:
        trail.note(verb="project.order_left", subject=before, by=by, at=at, order=order.number)
    if project:
        ProjectOrder.objects.create(order=order, project=project)
        trail.note(verb="project.order_joined", subject=project, by=by, at=at, order=order.number)
    return order

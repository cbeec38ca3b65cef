from django.db.models import Q

from conduct.people.access import Permission, sees_all
from conduct.projects.models import Project
from conduct.projects.queries import open_projects_of, projects_for, sees_money
from visits.orders.models import WorkOrder
from visits.orders.queries import orders_for

from .models import ProjectOrder

NOBODY_COMES = {"declined", "cancelled", "missed", "countered"}
COMES = {"proposed", "confirmed", "on_site", "finished", "signed", "refused", "archived"}


def projects_seen(user):
    """What `projects_for` gives, and the projects of one's own visits: who works on site follows the plan."""
    if sees_all(user, Permission.SEE_PROJECTS) or not user.may(Permission.SEE_PROJECTS):
        return projects_for(user)
    there = ProjectOrder.objects.filter(order__visits__engineer__staff=user, order__visits__state__in=COMES).values("project")
    rows = Project.objects.select_related("customer", "manager")
    return rows.filter(Q(pk__in=projects_for(user).values("pk")) | Q(pk__in=there))


def may_open(project, user):
    """Is the project's page this person's to see? Looked up only for who neither leads it nor sees every project."""
    return sees_money(project, user) or projects_seen(user).filter(pk=project.pk).exists()


def project_of(order):
    """The project that an order belongs to, or None."""
    link = ProjectOrder.objects.filter(order=order).select_related("project__manager", "project__customer").first()
    return link.project if link else None


def manager_of(order):
    """Who manages the order's project and works here, or None."""
    project = project_of(order)
    return project.manager if project and project.manager.is_active else None


def choices_for(order):
    """The projects that an order may belong to: open ones of its customer."""
    return open_projects_of(order.customer_id)


def orders_of(project, user):
    """The project's orders with their visits and postponements, newest first; each knows whether this person `may_open` it.

    Who leads the project sees that each of them is there; others in the team see their own.
    """
    known = set(orders_for(user).filter(project_link__project=project).values_list("pk", flat=True))
    rows = WorkOrder.objects.filter(project_link__project=project).select_related("site")
    with_them = ("visits__engineer__staff", "visits__record", "visits__change_approval__approved_by", "postponements")
    rows = rows.prefetch_related(*with_them).order_by("-created_at", "-id")
    is_led = sees_money(project, user)
    orders = [row for row in rows if is_led or row.pk in known]
    for row in orders:
        row.may_open = row.pk in known
    return orders


def changes_of(orders):
    """The changes in production of what `orders_of` gave, which the project's manager approves, the newest first."""
    visits = [visit for order in orders for visit in order.visits.all() if hasattr(visit, "change_approval")]
    return sorted((visit.change_approval for visit in visits), key=lambda change: change.created_at, reverse=True)


def visits_there(project, user):
    """The visits by which somebody is on site for the project. Who plans no visits does not hear of one that nobody was told of."""
    hidden = NOBODY_COMES if sees_all(user, Permission.SEE_VISITS) else NOBODY_COMES | {"planned"}
    orders = WorkOrder.objects.filter(project_link__project=project).select_related("site")
    visits = []
    for order in orders.prefetch_related("visits__engineer__staff", "visits__record"):
        for visit in order.visits.all():
            if visit.state not in hidden:
                visit.order, visit.may_open = order, user.may(Permission.SEE_VISITS, visit)
                visits.append(visit)
    return sorted(visits, key=lambda visit: (visit.planned_start, visit.pk))

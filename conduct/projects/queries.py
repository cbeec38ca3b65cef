from django.db.models import Q, Sum

from conduct.people.access import ACCESS, Permission, sees_all
from conduct.people.models import Staff

from .models import PaymentMilestone, Project
from .states import ProjectState


def projects_for(user):
    """Every project for headquarters; for others those that they manage or take part in."""
    rows = Project.objects.select_related("customer", "manager")
    if sees_all(user, Permission.SEE_PROJECTS):
        return rows
    if not user.may(Permission.SEE_PROJECTS):
        return rows.none()
    return rows.filter(Q(manager=user) | Q(pk__in=user.project_parts.values("project")))


def may_edit(project, user):
    """Its manager, or who sets projects up."""
    return user.may(Permission.SET_UP_PROJECTS) or user.may(Permission.RUN_PROJECTS, project)


def sees_money(project, user):
    """What a contract pays is for headquarters and the project's manager, not for everybody in the team."""
    return project.is_own(user) or sees_all(user, Permission.SEE_PROJECTS)


def possible_managers():
    """People of whom one may run a project."""
    roles = list(ACCESS[Permission.RUN_PROJECTS])
    return Staff.objects.filter(is_active=True, staff_roles__role__in=roles).distinct().order_by("name")


def people_of(project):
    """Its manager and its team, as far as they work here."""
    rows = Staff.objects.filter(Q(pk=project.manager_id) | Q(project_parts__project=project), is_active=True)
    return rows.distinct().order_by("name")


def open_projects_of(customer):
    return Project.objects.filter(customer=customer, state=ProjectState.OPEN).select_related("manager").order_by("-created_at", "-id")


def overdue(today):
    """Payments that should be here and are not, the oldest first."""
    rows = PaymentMilestone.objects.filter(paid_on=None, planned_on__lt=today)
    return rows.select_related("project__customer", "project__manager").order_by("planned_on", "pk")


def overdue_for(user, today):
    """Those that concern this person: all for who sets projects up, else those of one's own projects."""
    rows = overdue(today)
    return rows if user.may(Permission.SET_UP_PROJECTS) else rows.filter(project__manager=user)


def payments_of(project, today):
    """{rows, total, paid} of the contract; each row knows whether it `is_overdue`, and for how many days."""
    rows = list(project.milestones.all())
    for row in rows:
        row.days_overdue = (today - row.planned_on).days if row.paid_on is None else 0
        row.is_overdue = row.days_overdue > 0
    sums = project.milestones.aggregate(total=Sum("amount"), paid=Sum("amount", filter=Q(paid_on__isnull=False)))
    return {"rows": rows, "total": sums["total"] or 0, "paid": sums["paid"] or 0, "overdue": [row for row in rows if row.is_overdue]}

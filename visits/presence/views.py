import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.days import month_days
from conduct.base.forms import act
from conduct.people.access import Permission
from conduct.projects.page import plan_of
from conduct.projects.queries import may_edit, payments_of, projects_for, sees_money
from conduct.trail.queries import trail_of
from visits.orders.queries import order_page

from . import actions
from .days import presence
from .forms import JoinForm
from .queries import changes_of, choices_for, orders_of, project_of, projects_seen, visits_there


@login_required
def project(request, number):
    """One project: plan and progress, payments, who is on site when, its orders and what was put off."""
    shown = get_or_404(projects_seen(request.user), number=number)
    today, user = timezone.localdate(), request.user
    orders, leads = orders_of(shown, user), sees_money(shown, user)
    context = {
        "project": shown, "orders": orders, "postponements": [row for order in orders for row in order.postponements.all()],
        "team": shown.team.select_related("staff"), "payments": payments_of(shown, today) if leads else None,
        "changes": changes_of(orders) if leads else (), "has_part": leads or projects_for(user).filter(pk=shown.pk).exists(),
        "may_edit_project": may_edit(shown, user), "history": trail_of(shown)[:10] if leads else (),
        "sites": shown.customer.sites.order_by("number") if user.may(Permission.EDIT_ORDERS) else (),
    }  # fmt: skip
    context |= plan_of(shown, today) | _month(request, shown)
    return render(request, "visits/presence/project.html", context)


def _month(request, shown):
    """{month, before, after, days}: who is there in the month of the address, or in this one."""
    try:
        first, after = month_days(request.GET.get("month", ""))
        before = first - datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        first, after = month_days(f"{timezone.localdate():%Y-%m}")
        before = first - datetime.timedelta(days=1)
    planned = shown.planned_days.select_related("staff").filter(day__gte=first, day__lt=after)
    days = presence(visits_there(shown, request.user), planned, first, after)
    return {"month": first, "before": before, "after": after, "days": days}


@login_required
def order(request, number):
    """To which project an order belongs."""
    require(request.user, Permission.EDIT_ORDERS)
    shown = get_or_404(order_page(request.user), number=number)
    held = project_of(shown)
    projects = choices_for(shown)
    form = JoinForm(request.POST or None, projects=projects, initial={"project": held.number if held else ""})
    if request.method == "POST" and form.is_valid():
        if act(form, actions.join, order=shown, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Noted."))
            return redirect(shown)
    context = {"order": shown, "form": form, "projects": projects, "held": held}
    return render(request, "visits/presence/order.html", context, status=422 if form.errors else 200)

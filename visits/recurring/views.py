from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.customers.queries import sites_for
from conduct.people.access import Permission
from visits.intake.views import found
from visits.orders.queries import orders_for

from . import actions
from .forms import PlanForm, like_order
from .models import RecurringPlan
from .queries import next_days, plans_for
from .states import PlanState

MOVES = {"pause": actions.pause, "resume": actions.resume, "end": actions.end}


@login_required
def plan_list(request):
    require(request.user, Permission.PLAN_VISITS)
    page = keyset(plans_for(request.user), request, order=("name", "id"))
    return render(request, "visits/recurring/list.html", {"page": page})


@login_required
def plan(request, number):
    require(request.user, Permission.PLAN_VISITS)
    shown = get_or_404(plans_for(request.user), number=number)
    today = day_of(timezone.now(), shown.site.time_zone)
    context = {"plan": shown, "coming": next_days(shown, today), "days": shown.days.select_related("order")[:30]}
    context |= {name: getattr(shown, name).all() for name in ("equipment", "skills", "certified")}
    return render(request, "visits/recurring/plan.html", context | {"moves": RecurringPlan.TRANSITIONS[shown.state]})


@login_required
def new(request):
    """A plan like an order, or for a site that is found first."""
    require(request.user, Permission.EDIT_ORDERS)
    initial, site = {}, None
    if number := request.GET.get("order"):
        order = get_or_404(orders_for(request.user).select_related("site"), number=number)
        initial, site = like_order(order), order.site
    elif number := request.GET.get("site"):
        site = get_or_404(sites_for(request.user), number=number)
    if site is None:
        return render(request, "visits/intake/find.html", _finder(request))
    return _edit(request, RecurringPlan(site=site), initial, _("New recurring plan"))


def _finder(request):
    return found(request, reverse("recurring:new")) | {"heading": _("New recurring plan"), "find_url": reverse("recurring:find")}


@login_required
def find(request):
    require(request.user, Permission.EDIT_ORDERS)
    return render(request, "visits/intake/_found.html", _finder(request))


@login_required
def edit(request, number):
    require(request.user, Permission.EDIT_ORDERS)
    shown = get_or_404(plans_for(request.user).exclude(state=PlanState.ENDED), number=number)
    return _edit(request, shown, {}, shown.number)


def _edit(request, shown, initial, heading):
    form = PlanForm(request.POST or None, instance=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        many = {name: form.cleaned_data[name] for name in actions.MANY}
        if act(form, actions.save_plan, plan=form.instance, by=request.user, at=timezone.now(), **many):
            messages.success(request, _("Saved. What is due by it is raised."))
            return redirect(form.instance)
    context = {"form": form, "heading": heading, "site": shown.site}
    return render(request, "visits/recurring/form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def change_state(request, number, to):
    require(request.user, Permission.EDIT_ORDERS)
    shown = get_or_404(plans_for(request.user), number=number)
    MOVES[to](plan=shown, by=request.user, at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect(shown)

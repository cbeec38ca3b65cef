from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions, queries
from .forms import FindingsForm, PlanForm
from .models import MaintenancePlan
from .states import RoundState


@login_required
def round_list(request):
    """The rounds, open ones by default, and the plans they come from."""
    if not (request.user.may(Permission.TAKE_TICKETS) or request.user.may(Permission.PLAN_ROUNDS)):
        raise Http404
    state = request.GET.get("state") if request.GET.get("state") in RoundState.values else RoundState.OPEN
    rows = queries.with_progress(queries.rounds_for(request.user)).filter(state=state)
    page = keyset(rows, request, order=("-due_on", "-id"))
    plans = queries.plans() if request.user.may(Permission.PLAN_ROUNDS) else ()
    context = {"page": page, "plans": plans, "state": state, "states": RoundState.choices, "today": timezone.localdate()}
    return render(request, "conduct/rounds/list.html", context)


@login_required
def maintenance_round(request, number):
    """One round: what is to be looked at, and what was found."""
    shown = get_or_404(queries.rounds_for(request.user), number=number)
    items = shown.items.select_related("equipment", "ticket", "by")
    may_record = shown.state == RoundState.OPEN and shown.is_own(request.user)
    form = FindingsForm(request.POST or None, items=items) if may_record else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _recorded(request, shown, form):
            return redirect(shown)
    context = {
        "round": shown,
        "items": [item for item in items if item.finding],
        "form": form,
        "left": len(form.items) if form else 0,
    }
    return render(request, "conduct/rounds/round.html", context)


def _recorded(request, shown, form):
    """None when the form has to come back."""
    is_done = act(form, actions.record, round=shown, findings=form.findings(), by=request.user, at=timezone.now())
    if is_done is not None:
        messages.success(request, _("The round is done.") if is_done else _("Noted. The rest may follow later."))
    return is_done is not None


@login_required
def plan(request, pk=None):
    """A new plan, or one that is changed."""
    require(request.user, Permission.PLAN_ROUNDS)
    known = get_or_404(MaintenancePlan.objects.all(), pk=pk) if pk else MaintenancePlan()
    form = PlanForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        if act(form, actions.save_plan, plan=form.instance, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect("rounds:list")
    heading = known.name if pk else _("New maintenance plan")
    return render(request, "conduct/rounds/plan.html", {"form": form, "heading": heading})

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.people.access import Permission
from visits.orders.queries import order_page
from visits.schedule import actions, shifting
from visits.schedule.offers import offers
from visits.schedule.queries import open_visits, planned_last, visit_page, visits_for
from visits.schedule.states import VisitState

from . import live, page, places
from .forms import CheckForm, PlanForm, PublishForm, ShiftForm, UndoForm


@login_required
def board(request):
    """Engineers by time; `at` shows how it stood then."""
    require(request.user, Permission.PLAN_VISITS)
    context = page.context(request.user, request.GET, timezone.now())
    return render(request, "visits/board/board.html", context)


@login_required
def changes(request):
    """Whether the board that a page shows is still true, and what others did to it."""
    require(request.user, Permission.PLAN_VISITS)
    touched, events = live.changes_since(request.GET.get("version", ""), besides=request.user)
    news = [live.words(event) for event in events]
    answer = JsonResponse({"version": live.version(), "changed": touched, "news": news})
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
def check(request):
    """What speaks against a time, for every engineer: asked while something is dragged."""
    require(request.user, Permission.PLAN_VISITS)
    form = CheckForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"message": " ".join(error for errors in form.errors.values() for error in errors)}, status=400)
    return JsonResponse({"places": places.places(request.user, form.cleaned_data, timezone.now())})


@login_required
def place(request, number):
    """Plan a visit of an order, quietly."""
    require(request.user, Permission.PLAN_VISITS)
    order = get_or_404(order_page(request.user), number=number)
    at, zone = timezone.now(), request.user.time_zone
    form = PlanForm(request.POST or None, order=order, zone=zone, initial=places.first_guess(order, request.GET, at))
    if request.method == "POST" and form.is_valid():
        if visit := act(form, actions.place, order=order, by=request.user, at=at, **form.cleaned_data):
            messages.success(request, _("%(number)s is planned; nobody was told yet.") % {"number": visit.number})
            return redirect(page.address(visit, ZoneInfo(zone)))
        form.knows(order)
    context = {"order": order, "form": form, "submit": _("Plan"), "others": open_visits(order).select_related("engineer__staff")}
    return render(request, "visits/board/plan.html", context, status=422 if form.errors else 200)


@login_required
def move(request, number):
    """A visit in the plan: another time, length or engineer, and every other move that it allows now."""
    require(request.user, Permission.PLAN_VISITS)
    visit = get_or_404(visit_page(request.user), number=number)
    at, zone = timezone.now(), request.user.time_zone
    form = ShiftForm(request.POST or None, order=visit.order, zone=zone, initial=places.as_planned(visit, request.GET))
    if request.method == "POST" and form.is_valid():
        if moved := act(form, shifting.shift, visit=visit, by=request.user, at=at, **form.cleaned_data):
            messages.success(request, page.moved_words(visit, moved))
            return redirect(page.address(moved, ZoneInfo(zone)))
    context = {"visit": visit, "order": visit.order, "form": form, "submit": _("Move"), "offers": offers(visit, request.user, at)}
    context |= {"planner": planned_last(visit)}
    context |= {"movable": visit.state in places.MOVABLE, "untold": visit.state == VisitState.PLANNED}
    return render(request, "visits/board/plan.html", context, status=422 if form.errors else 200)


@login_required
def publish(request):
    """The visits that nobody was told of, all or those of the days that the address names: choose, and tell their engineers."""
    require(request.user, Permission.PLAN_VISITS)
    at = timezone.now()
    form = PublishForm(request.POST or None, visits=visits_for(request.user).filter(state=VisitState.PLANNED))
    if request.method == "POST" and form.is_valid():
        outcome = shifting.publish(by=request.user, at=at, **form.cleaned_data)
        _tell_outcome(request, outcome)
        return redirect(f"{reverse('board:board')}?{request.GET.urlencode()}")
    context = {"form": form, **page.publishing(request.user, request.GET, at)}
    return render(request, "visits/board/publish.html", context, status=422 if form.errors else 200)


def _tell_outcome(request, outcome):
    done = [visit for visit, why in outcome if why is None]
    if done:
        words = ngettext("%(count)d engineer is asked.", "%(count)d visits are published; their engineers are asked.", len(done))
        messages.success(request, words % {"count": len(done)})
    for visit, why in outcome:
        if why:
            messages.error(request, f"{visit.number}: {why}")


@login_required
@require_POST
def undo(request):
    require(request.user, Permission.PLAN_VISITS)
    form = UndoForm(request.POST)
    named = form.cleaned_data["move"] if form.is_valid() else "?"
    visit = shifting.undo(named=named, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back: %(number)s.") % {"number": visit.number})
    return redirect(page.address(visit, ZoneInfo(request.user.time_zone)))

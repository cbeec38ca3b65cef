from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission
from visits.board.page import cities, filters_of
from visits.board.queries import waiting
from visits.orders.queries import orders_for
from visits.schedule.queries import open_visits, visits_for

from . import actions, suggesting
from .forms import AcceptForm, PickForm, WayForm
from .pages import IN_FULL, refused_rows, short_line, trip_rows, visits_around, with_needs


@login_required
def order(request, number):
    """Who could go for this order, and why not the others."""
    require(request.user, Permission.PLAN_VISITS)
    shown = get_or_404(with_needs(orders_for(request.user)), number=number)
    able, unable = suggesting.who_could_go(shown, timezone.now())
    others = [short_line(row, request.user.time_zone) for row in able[IN_FULL:]]
    known = " ".join(open_visits(shown).values_list("number", flat=True))
    context = {"order": shown, "able": able[:IN_FULL], "others": others, "unable": unable, "known": known}
    return render(request, "visits/suggestions/order.html", context)


@login_required
def plan_these(request):
    """Choose orders; the answer is a plan beside today's, and nothing is changed."""
    require(request.user, Permission.PLAN_VISITS)
    at = timezone.now()
    filters = filters_of(request.GET)
    orders, more = waiting(request.user, filters)
    form = PickForm(request.POST or None, orders=orders, cities=cities())
    if request.method == "POST" and form.is_valid():
        return _answer(request, form.cleaned_data, at)
    context = {"orders": orders, "more": more, "form": form, "filtered": any(filters.values())}
    return render(request, "visits/suggestions/pick.html", context, status=422 if form.errors else 200)


def _answer(request, asked, at):
    orders = list(with_needs(orders_for(request.user)).filter(number__in=asked["orders"], state="open"))
    plan, first, by_number, engineers = suggesting.plan_for(orders, at, city=asked["city"], seconds=suggesting.SECONDS)
    today = visits_around(request.user, [(pk, place.start, place.end) for pk, place in plan.places.values()])
    context = {
        "rows": suggesting.beside_today(plan, by_number, engineers, today),
        "left": suggesting.why_left(plan, by_number, engineers), "placed": len(plan.places), "asked": len(orders),
        "better": round(plan.value - first.value), "combined": plan.combined,
        "soft": any(place.found for _pk, place in plan.places.values()),
    }  # fmt: skip
    return render(request, "visits/suggestions/plan.html", context)


@login_required
@require_POST
def accept(request):
    """Plan what was chosen of a suggestion. Nobody is told yet."""
    require(request.user, Permission.PLAN_VISITS)
    form = AcceptForm(request.POST, orders=orders_for(request.user).select_related("site", "customer"))
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("suggestions:plan_these")
    outcome = actions.accept(by=request.user, at=timezone.now(), **form.cleaned_data)
    done = [visit for _place, visit, _why in outcome if visit]
    if done:
        words = ngettext("%(count)d visit is planned; nobody was told yet.", "%(count)d visits are planned; nobody was told yet.", len(done))
        messages.success(request, words % {"count": len(done)})
    refused = [(place, why) for place, visit, why in outcome if visit is None]
    if not refused:
        return redirect("board:board")
    context = {"refused": len(refused), "rows": refused_rows(request.user, refused), "soft": True, "reason": form.cleaned_data["reason"]}
    return render(request, "visits/suggestions/plan.html", context, status=422)


@login_required
def trip_list(request):
    """Visits away from home that follow each other, and what happens in between."""
    require(request.user, Permission.PLAN_VISITS)
    return render(request, "visits/suggestions/trips.html", {"trips": trip_rows(request.user, timezone.now())})


@login_required
@require_POST
def way_on(request, number):
    require(request.user, Permission.PLAN_VISITS)
    visit = get_or_404(visits_for(request.user), number=number)
    form = WayForm(request.POST)
    if form.is_valid():
        actions.choose_way(visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Noted."))
    return redirect("suggestions:trips")

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions
from .forms import TimesForm, TravelTimeForm
from .queries import travel_times_for


@login_required
def travel_list(request):
    """The table, and the form that enters or changes one way."""
    require(request.user, Permission.PLAN_VISITS)
    form = TravelTimeForm(request.POST or None, initial=dict(request.GET.items()))
    if request.method == "POST" and form.is_valid():
        actions.save(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("travel:list")
    rows = travel_times_for(request.user)
    if city := request.GET.get("q", "").strip():
        rows = rows.filter(Q(origin=city) | Q(destination=city))
    page = keyset(rows, request, order=("origin", "id"))
    context = {"page": page, "form": form, "q": city, "sheet": TimesForm()}
    return render(request, "visits/travel/list.html", context, status=422 if form.errors else 200)


@login_required
def take_over(request):
    require(request.user, Permission.PLAN_VISITS)
    form = TimesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        new, changed = actions.take_over(rows=form.cleaned_data["sheet"], by=request.user, at=timezone.now())
        messages.success(request, _("%(new)d travel times are new, %(changed)d changed.") % {"new": new, "changed": changed})
        return redirect("travel:list")
    return render(request, "visits/travel/import.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request, pk):
    require(request.user, Permission.PLAN_VISITS)
    row = get_or_404(travel_times_for(request.user), pk=pk)
    actions.remove(travel_time=row, by=request.user, at=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("travel:list")

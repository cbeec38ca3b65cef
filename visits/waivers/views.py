from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from visits.records.projection import moment

from . import actions
from .forms import DecideForm
from .queries import item_of, waivers_for, with_item
from .states import WaiverState


@login_required
def waiver_list(request):
    require(request.user, Permission.SEE_WAIVERS)
    rows = with_item(waivers_for(request.user))
    show = "all" if request.GET.get("show") == "all" else "waiting"
    page = keyset(rows if show == "all" else rows.filter(state=WaiverState.WAITING), request, order=("-raised_at", "-id"))
    return render(request, "visits/waivers/list.html", {"page": page, "show": show})


@login_required
def waiver(request, number):
    """What was planned, what the engineer wrote, who is said to have agreed; and the technical manager's decision."""
    claimed = get_or_404(waivers_for(request.user), number=number)
    may_decide = request.user.may(Permission.DECIDE_WAIVERS) and claimed.state == WaiverState.WAITING
    form = DecideForm(request.POST or None) if may_decide else None
    if request.method == "POST":
        require(request.user, Permission.DECIDE_WAIVERS)
        if form and form.is_valid() and _decided(form, claimed, request):
            return redirect("waivers:list")
    result = claimed.visit.record.facts["results"].get(str(claimed.position))
    context = {"waiver": claimed, "item": item_of(claimed), "result": result, "form": form, "history": trail_of(claimed)[:20]}
    context["confirmed_at"] = moment(claimed.entry.payload["confirmed_at"])
    return render(request, "visits/waivers/waiver.html", context, status=422 if form and form.errors else 200)


def _decided(form, claimed, request):
    act(form, actions.decide, waiver=claimed, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return False
    messages.success(request, _("Decided. The engineer and the dispatchers are told."))
    return True

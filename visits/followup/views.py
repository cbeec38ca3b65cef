from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission
from visits.promises.queries import open_at
from visits.records.queries import record_of
from visits.signoff.queries import last_valid

from . import actions
from .completeness import Missing
from .forms import ACCOUNT, SCORED, AttemptForm, CallForm
from .queries import (
    CLOSED,
    calls_for,
    findings_of,
    follow_up_of,
    follow_ups_for,
    lacking_before_archive,
    script_of,
    to_archive,
    to_call,
)

LISTS = {"call": to_call, "archive": to_archive, "undelivered": lambda user: follow_ups_for(user).filter(received=False)}


@login_required
def call_list(request):
    require(request.user, Permission.FOLLOW_UP)
    show = request.GET.get("show") if request.GET.get("show") in LISTS else "call"
    page = keyset(LISTS[show](request.user), request)
    return render(request, "visits/followup/list.html", {"page": page, "show": show})


@login_required
def call(request, number):
    """The call, in the zone of the site: the customer names times by the clock on the wall."""
    visit = get_or_404(calls_for(request.user), number=number)
    with timezone.override(visit.order.site.time_zone):
        return _call(request, visit)


def _call(request, visit):
    script = script_of(visit)
    form = CallForm(request.POST or None, instance=follow_up_of(visit), script=script["questions"], at=timezone.now())
    if request.method == "POST":
        get_or_404(follow_ups_for(request.user), pk=visit.pk)
        if form.is_valid() and _keep(request, visit, form):
            messages.success(request, _("The call is on file."))
            return redirect("followup:call", visit.number)
    return _page(request, visit, form=form, opening=script["opening"])


def _keep(request, visit, form):
    data = form.cleaned_data
    facts = {"account": {name: data[name] for name in ACCOUNT}, "scores": {name: data[name] for name in SCORED}}
    return act(form, actions.record_call, visit=visit, comment=data["comment"], by=request.user, at=timezone.now(), **facts)


def _page(request, visit, form, opening, attempt_form=None, status=200):
    follow_up, zone = follow_up_of(visit), visit.order.site.time_zone
    context = {
        "visit": visit,
        "form": form,
        "opening": opening,
        "attempt_form": attempt_form or AttemptForm(),
        "may_call": request.user.may(Permission.FOLLOW_UP) and visit.state in CLOSED,
        "follow_up": follow_up,
        "attempts": follow_up.attempts.select_related("by") if follow_up.pk else (),
        "findings": findings_of(visit, request.user),
        "missing": [(code, Missing(code).label) for code in lacking_before_archive(visit)] if visit.state in CLOSED else (),
        "record": record_of(visit),
        "promises": open_at(visit.order.site),
        "sign_off": last_valid(visit),
        "other_zone": zone if zone != request.user.time_zone else "",
    }
    return render(request, "visits/followup/call.html", context, status=status)


@login_required
@require_POST
def attempt(request, number):
    visit = get_or_404(follow_ups_for(request.user), number=number)
    form = AttemptForm(request.POST)
    if form.is_valid():
        actions.note_attempt(visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The attempt is on file."))
        return redirect("followup:call", number)
    with timezone.override(visit.order.site.time_zone):
        script = script_of(visit)
        call_form = CallForm(instance=follow_up_of(visit), script=script["questions"], at=timezone.now())
        return _page(request, visit, form=call_form, opening=script["opening"], attempt_form=form, status=422)


@login_required
@require_POST
def archive(request, number):
    require(request.user, Permission.ARCHIVE)
    visit = get_or_404(follow_ups_for(request.user), number=number)
    actions.archive(visit=visit, by=request.user, at=timezone.now())
    messages.success(request, _("%(number)s is archived.") % {"number": visit.number})
    return redirect("followup:list")

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
from .discrepancies import RULES, Discrepancy
from .forms import ACCOUNT, SCORED, AttemptForm, CallForm
from .queries import follow_up_of, follow_ups_for, lacking_before_archive, script_of, to_archive, to_call

LISTS = {"call": to_call, "archive": to_archive, "undelivered": lambda user: follow_ups_for(user).filter(received=False)}


@login_required
def call_list(request):
    require(request.user, Permission.FOLLOW_UP)
    show = request.GET.get("show") if request.GET.get("show") in LISTS else "call"
    page = keyset(LISTS[show](request.user), request)
    return render(request, "visits/followup/list.html", {"page": page, "show": show})


@login_required
def call(request, number):
    visit = get_or_404(follow_ups_for(request.user), number=number)
    follow_up = follow_up_of(visit)
    script = script_of(visit)
    form = CallForm(request.POST or None, instance=follow_up, script=script["questions"])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {"account": {name: data[name] for name in ACCOUNT}, "scores": {name: data[name] for name in SCORED}}
        if act(form, actions.record_call, visit=visit, comment=data["comment"], by=request.user, at=timezone.now(), **facts):
            messages.success(request, _("The call is on file."))
            return redirect("followup:call", number)
    return render(request, "visits/followup/call.html", _context(visit, form) | {"opening": script["opening"]})


def _context(visit, form):
    follow_up = follow_up_of(visit)
    return {
        "visit": visit,
        "form": form,
        "attempt_form": AttemptForm(),
        "follow_up": follow_up,
        "attempts": follow_up.attempts.select_related("by") if follow_up.pk else (),
        "differences": [(Discrepancy(code).label, RULES[code]) for code in follow_up.discrepancies],
        "missing": [Missing(code).label for code in lacking_before_archive(visit)],
        "record": record_of(visit),
        "promises": open_at(visit.order.site),
        "sign_off": last_valid(visit),
    }


@login_required
@require_POST
def attempt(request, number):
    visit = get_or_404(follow_ups_for(request.user), number=number)
    form = AttemptForm(request.POST)
    if form.is_valid():
        actions.note_attempt(visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The attempt is on file."))
    return redirect("followup:call", number)


@login_required
@require_POST
def archive(request, number):
    require(request.user, Permission.ARCHIVE)
    visit = get_or_404(follow_ups_for(request.user), number=number)
    actions.archive(visit=visit, by=request.user, at=timezone.now())
    messages.success(request, _("%(number)s is archived.") % {"number": visit.number})
    return redirect("followup:list")

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.knowledge.queries import article_of
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from visits.papers.queries import papers_of
from visits.schedule.queries import visit_page

from . import actions
from .forms import CloseForm, ContactForm, HandOverForm, ReasonForm
from .queries import cases_for, contact_at
from .states import CaseState

FORMS = {"note": ContactForm, "close": CloseForm, "give_back": ReasonForm, "reopen": ReasonForm}


@login_required
def case_list(request):
    require(request.user, Permission.SEE_REMOTE_CASES)
    rows = cases_for(request.user)
    show = "closed" if request.GET.get("show") == "closed" else "open"
    rows = rows.filter(state=CaseState.CLOSED) if show == "closed" else rows.exclude(state=CaseState.CLOSED)
    page = keyset(rows, request, order=("-handed_over_at", "-id"))
    return render(request, "visits/remote/list.html", {"page": page, "show": show})


@login_required
def hand_over(request, number):
    visit = get_or_404(visit_page(request.user).select_related("order__contact"), number=number)
    require(request.user, Permission.HAND_OVER, visit)
    form = HandOverForm(request.POST or None, initial={"contact": contact_at(visit)})
    if request.method == "POST" and form.is_valid():
        case = act(form, actions.hand_over, visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data)
        if case:
            messages.success(request, _("Handed over. The online engineers are told."))
            return redirect(case)
    return render(request, "visits/remote/form.html", {"form": form, "visit": visit}, status=422 if form.errors else 200)


@login_required
def case(request, number):
    return _page(request, get_or_404(cases_for(request.user), number=number))


@login_required
@require_POST
def take(request, number):
    require(request.user, Permission.HELP_REMOTELY)
    waiting = get_or_404(cases_for(request.user), number=number)
    actions.take(case=waiting, by=request.user, at=timezone.now())
    return redirect(waiting)


@login_required
@require_POST
def change(request, number, what):
    """Note a contact, close, give back or reopen: what the address says."""
    require(request.user, Permission.HELP_REMOTELY)
    held = get_or_404(cases_for(request.user), number=number)
    form = FORMS[what](request.POST, prefix=what)
    if form.is_valid():
        act(form, getattr(actions, what), case=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, held, status=422, **{what: form})
    messages.success(request, _("Saved."))
    return redirect(held)


def _page(request, shown, *, status=200, **filled):
    helps = request.user.may(Permission.HELP_REMOTELY)
    context = {"case": shown, "history": trail_of(shown)[:20], "papers": papers_of(shown.visit, request.user)}
    context["known"] = article_of("remote", shown.number) if shown.solved else None
    context |= {"contacts": shown.contacts.select_related("by"), "may_take": helps and shown.state == CaseState.WAITING}
    open_forms = ("note", "close", "give_back") if shown.owner_id == request.user.pk and shown.state == CaseState.TAKEN else ()
    open_forms = ("reopen",) if helps and shown.state == CaseState.CLOSED else open_forms
    context |= {f"{name}_form": filled.get(name) or FORMS[name](prefix=name, initial={"means": shown.means}) for name in open_forms}
    return render(request, "visits/remote/case.html", context, status=status)

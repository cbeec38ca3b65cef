from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from visits.schedule.queries import visit_page

from . import actions
from .forms import ChangeForm
from .models import ChangeApproval
from .offers import OFFERS, form_of, verbs
from .queries import approver_shown, change_of, changes_for, missing, open_ones, steps_of
from .states import ChangeState


@login_required
def change_list(request):
    require(request.user, Permission.SEE_CHANGES)
    rows = changes_for(request.user)
    show = "all" if request.GET.get("show") == "all" else "open"
    page = keyset(rows if show == "all" else open_ones(rows), request, order=("-created_at", "-id"))
    return render(request, "visits/changes/list.html", {"page": page, "show": show})


@login_required
def new(request, number):
    """Raise the form of a visit, or go to the one that it has. Who typed one meanwhile keeps what was typed, and is told."""
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.PREPARE_CHANGES, visit)
    if request.method != "POST" and (known := change_of(visit)):
        return redirect(known)
    order = visit.order
    begun = ChangeApproval(visit=visit, window_from=order.change_from, window_to=order.change_to)
    return _fill_in(request, begun)


@login_required
def edit(request, number):
    change = get_or_404(changes_for(request.user), number=number)
    require(request.user, Permission.PREPARE_CHANGES, change.visit)
    if request.method != "POST" and change.state not in ChangeState.EDITABLE:
        raise Http404
    return _fill_in(request, change)


def _fill_in(request, change):
    form = ChangeForm(request.POST or None, instance=change)
    if request.method == "POST" and form.is_valid():
        kept = act(form, actions.save, change=form.instance, by=request.user, at=timezone.now())
        if kept:
            messages.success(request, _("Saved."))
            return redirect(kept)
    return render(request, "visits/changes/form.html", {"form": form, "change": change}, status=422 if form.errors else 200)


@login_required
def change(request, number):
    """The whole form: what is to be done, who approved it, what came of it."""
    shown = get_or_404(changes_for(request.user), number=number)
    return render(request, "visits/changes/change.html", _page(request, shown))


@login_required
def sheet(request, number):
    """The form as a sheet for the customer's signature, once nothing of it changes any more. It shows the agreed identity only."""
    shown = get_or_404(changes_for(request.user).exclude(sha256="").exclude(state__in=ChangeState.EDITABLE), number=number)
    approver = shown.approved_by and approver_shown(shown)
    context = {"change": shown, "company": company(), "approver": approver, "zone": shown.visit.order.site.time_zone}
    return render(request, "visits/changes/sheet.html", context)


@login_required
@require_POST
def act_on(request, number, verb):
    """Ask, note the customer's signature, withdraw, review."""
    shown = get_or_404(changes_for(request.user), number=number)
    if verb not in verbs(shown, request.user):
        raise Http404
    form = form_of(verb, shown, request.user, request.POST, request.FILES)
    if form.is_valid():
        act(form, OFFERS[verb].action, change=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.is_valid():
        messages.success(request, OFFERS[verb].done)
        return redirect(shown)
    return render(request, "visits/changes/change.html", _page(request, shown, verb, form), status=422)


def _page(request, shown, verb="", form=None):
    offers = [(name, OFFERS[name], form if name == verb else form_of(name, shown, request.user)) for name in verbs(shown, request.user)]
    lacking = [ChangeApproval._meta.get_field(name).verbose_name for name in missing(shown)]
    may_edit = request.user.may(Permission.PREPARE_CHANGES, shown.visit) and shown.state in ChangeState.EDITABLE
    return {
        "change": shown, "offers": offers, "lacking": lacking, "may_edit": may_edit, "steps": steps_of(shown), "history": trail_of(shown)[:30],
    }  # fmt: skip


@login_required
def copy(request, number, what):
    """The signed form, or the written consent."""
    shown = get_or_404(changes_for(request.user), number=number)
    kept = {"signed": shown.copy, "consent": shown.consent_copy}.get(what)
    if kept is None:
        raise Http404
    return serve(kept)

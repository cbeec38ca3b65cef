from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission, sees_all
from conduct.trail.queries import trail_of

from . import actions, queries
from .forms import DecisionForm, HandOnForm

DECISIONS = {"approve": actions.approve, "refuse": actions.refuse, "withdraw": actions.withdraw}
LISTS = {"waiting": queries.waiting_for, "asked": queries.asked_by, "decided": queries.decided_by, "all": queries.approvals_for}


@login_required
def approval_list(request):
    require(request.user, Permission.SEE_APPROVALS)
    sees_every = sees_all(request.user, Permission.SEE_APPROVALS)
    show = request.GET.get("show", "waiting")
    if show not in LISTS or (show == "all" and not sees_every):
        show = "waiting"
    rows = LISTS[show](request.user).select_related("asked_by", "asked_of", "decided_by")
    page = keyset(rows, request, order=("-asked_at", "-id"))
    return render(request, "conduct/approvals/list.html", {"page": page, "show": show, "sees_every": sees_every})


@login_required
def detail(request, number):
    approval = get_or_404(queries.approvals_for(request.user), number=number)
    return _page(request, approval)


@login_required
@require_POST
def decide(request, number, what):
    """Approve, refuse, withdraw. Who may only look at it gets 404."""
    approval = get_or_404(_mine_to(what, request.user), number=number)
    form = DecisionForm(request.POST)
    if form.is_valid():
        act(form, DECISIONS[what], approval=approval, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, approval, decision_form=form, status=422)
    messages.success(request, _("Noted: %(state)s.") % {"state": approval.get_state_display()})
    return redirect(approval)


@login_required
@require_POST
def hand_on(request, number):
    require(request.user, Permission.HAND_ON_APPROVALS)
    approval = get_or_404(queries.approvals_for(request.user), number=number)
    form = HandOnForm(request.POST, approval=approval)
    if form.is_valid():
        act(form, actions.hand_on, approval=approval, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, approval, hand_on_form=form, status=422)
    messages.success(request, _("Now %(who)s is asked.") % {"who": approval.asked_of})
    return redirect("approvals:list")


def _mine_to(what, user):
    """Decided approvals stay in reach, so that who comes second is told so."""
    if what == "withdraw":
        return queries.asked_by(user)
    return queries.put_to(user)


def _page(request, approval, decision_form=None, hand_on_form=None, status=200):
    context = {
        "approval": approval,
        "decides": approval.is_open and queries.may_decide(request.user, approval),
        "withdraws": approval.is_open and approval.asked_by_id == request.user.pk,
        "form": decision_form or DecisionForm(),
        "history": trail_of(approval)[:20],
    }
    if approval.is_open and request.user.may(Permission.HAND_ON_APPROVALS):
        context["hand_on_form"] = hand_on_form or HandOnForm(approval=approval)
    return render(request, "conduct/approvals/detail.html", context, status=status)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from visits.intake.views import found
from visits.orders.queries import orders_for
from visits.schedule.queries import visits_for

from . import actions, forms
from .about import about
from .queries import complaints_for, late, policy
from .states import ComplaintState, Matter, Way

FORMS = {
    "investigate": forms.InvestigateForm, "answer_by_call": forms.CallForm, "improve": forms.ImproveForm,
    "close": forms.CloseForm, "reopen": forms.ReopenForm, "hand_on": forms.HandOnForm,
}  # fmt: skip
# state → what its owner can do then
NEXT = {
    ComplaintState.REGISTERED: "investigate", ComplaintState.INVESTIGATED: "answer_by_call", ComplaintState.ANSWERED: "improve",
}  # fmt: skip


@login_required
def complaint_list(request):
    require(request.user, Permission.SEE_COMPLAINTS)
    rows, at, asked = complaints_for(request.user), timezone.now(), request.GET
    lists = {
        "open": rows.exclude(state=ComplaintState.CLOSED), "late": late(rows, at), "mine": rows.filter(owner=request.user),
        "closed": rows.filter(state=ComplaintState.CLOSED), "all": rows,
    }  # fmt: skip
    show = asked.get("show") if asked.get("show") in lists else "open"
    rows, matter, customer = lists[show], asked.get("matter", ""), asked.get("customer", "").strip()
    if matter in Matter.values:
        rows = rows.filter(matter=matter)
    if customer:
        rows = rows.filter(customer__number=customer.upper())
    page = keyset(rows, request, order=("-registered_at", "-id"))
    context = {"page": page, "show": show, "matter": matter, "matters": Matter.choices, "customer": customer, "now": at}
    return render(request, "visits/complaints/list.html", context)


@login_required
def new(request):
    """A complaint about what the address names: a visit, an order, a customer; without any of them the customer is found first."""
    require(request.user, Permission.REGISTER_COMPLAINTS)
    subject = about(request.user, request.GET)
    if subject is None:
        return render(request, "visits/intake/find.html", _finder(request))
    form = forms.ComplaintForm(request.POST or None, initial=_initial(request, subject))
    if request.method == "POST" and form.is_valid():
        made = act(form, actions.register, by=request.user, at=timezone.now(), **subject, **form.facts())
        if made:
            messages.success(request, _("Registered. Whoever sees to it is told."))
            return redirect(made)
    return render(request, "visits/complaints/form.html", subject | {"form": form}, status=422 if form.errors else 200)


def _initial(request, subject):
    contact = subject["order"].contact if subject["order"] else None
    way = request.GET.get("way") if request.GET.get("way") in Way.values else Way.TELEPHONE
    told = {"said_by": contact.name if contact else "", "text": request.GET.get("text", "")[:4000]}
    return told | {"way": way, "received_at": timezone.localtime(), "owner": request.user}


def _finder(request):
    return found(request, reverse("complaints:new")) | {"heading": _("New complaint"), "find_url": reverse("complaints:find")}


@login_required
def find(request):
    """The finder's results alone, fetched as somebody types."""
    require(request.user, Permission.REGISTER_COMPLAINTS)
    return render(request, "visits/intake/_found.html", _finder(request))


@login_required
def complaint(request, number):
    return _page(request, get_or_404(complaints_for(request.user), number=number))


@login_required
@require_POST
def step(request, number, what):
    """The next step of the procedure, or another owner: what the address says."""
    held = get_or_404(complaints_for(request.user), number=number)
    require(request.user, Permission.REGISTER_COMPLAINTS)
    form = FORMS[what](request.POST, prefix=what)
    if form.is_valid():
        act(form, getattr(actions, what), complaint=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, held, status=422, **{what: form})
    messages.success(request, _("Saved."))
    return redirect(held)


def _page(request, shown, *, status=200, **filled):
    user, handles = request.user, request.user.may(Permission.REGISTER_COMPLAINTS)
    own = shown.owner_id == user.pk
    may_close = shown.state == ComplaintState.IMPROVING and user.may(Permission.CLOSE_COMPLAINTS) and not own
    offered = {
        NEXT.get(shown.state): own and handles, "close": may_close, "hand_on": handles and shown.is_open,
        "reopen": handles and not shown.is_open and not shown.erased_at,
    }  # fmt: skip
    offered = {name for name, yes in offered.items() if name and yes} | set(filled)  # what is refused is shown with the reason
    context = {"complaint": shown, "steps": shown.steps.select_related("by", "who"), "history": trail_of(shown)[:20]}
    context |= {"own": own, "late": shown.is_open and shown.due_at < timezone.now(), "may_open": handles or _may_open(shown, user)}
    context |= {f"{name}_form": filled.get(name) or FORMS[name](prefix=name) for name in offered}
    return render(request, "visits/complaints/complaint.html", context, status=status)


def _may_open(shown, user):
    """Is what it is about this person's as well, such as the engineer's whose visit it was?"""
    if shown.visit_id:
        return visits_for(user).filter(pk=shown.visit_id).exists()
    return shown.order_id is not None and orders_for(user).filter(pk=shown.order_id).exists()


@login_required
def edit_policy(request):
    require(request.user, Permission.CLOSE_COMPLAINTS)
    form = forms.PolicyForm(request.POST or None, instance=policy())
    if request.method == "POST" and form.is_valid():
        actions.save_policy(policy=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("complaints:list")
    return render(request, "visits/complaints/policy.html", {"form": form}, status=422 if form.errors else 200)

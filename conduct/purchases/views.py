from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.approvals.queries import approvals_about
from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.stock.forms import AboutForm
from conduct.stock.queries import items_in_use, slips_about
from conduct.trail.queries import trail_of

from . import actions, queries, receiving
from .forms import (
    CancelForm,
    ChooseForm,
    LineFormSet,
    OrderForm,
    PolicyForm,
    PurchaseForm,
    QuoteForm,
    ReceiveForm,
    TierFormSet,
)
from .models import PurchasePolicy
from .states import Decider, PurchaseState


def _today():
    return day_of(timezone.now(), company().time_zone)


@login_required
def purchase_list(request):
    require(request.user, Permission.SEE_PURCHASES)
    rows = queries.purchases_for(request.user).prefetch_related("lines")
    state = request.GET.get("state", "")
    if state in PurchaseState.values:
        rows = rows.filter(state=state)
    page, today = keyset(rows, request, order=("-created_at", "-id")), _today()
    for row in page:
        row.late = row.is_late(today)
    context = {"page": page, "states": PurchaseState.choices, "state": state}
    return render(request, "conduct/purchases/list.html", context)


@login_required
def new(request):
    require(request.user, Permission.REQUEST_PURCHASES)
    about = AboutForm(request.GET)
    facts = about.cleaned_data if about.is_valid() else {}
    start = {"department": request.user.department_id, "reason": request.GET.get("reason", "")}
    return _edit(request, start, None, lambda **entered: actions.draft(**facts, **entered))


@login_required
def edit(request, number):
    purchase = get_or_404(queries.drafts_of(request.user), number=number)
    start = {"department": purchase.department_id}
    start |= {name: getattr(purchase, name) for name in ("reason", "planned", "proposal")}
    lines = [
        {"thing": str(line.item or line.name), "kind": line.kind, "quantity": line.quantity, "unit": line.unit, "price": line.price}
        for line in purchase.lines.select_related("item")
    ]
    return _edit(request, start, lines, lambda **entered: actions.change(purchase=purchase, **entered))


def _edit(request, start, start_lines, save):
    """One form for a new request and for a draft. What was typed stays when something is refused."""
    form = PurchaseForm(request.POST or None, initial=start)
    lines = LineFormSet(request.POST or None, prefix="lines", initial=start_lines)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        entered = form.cleaned_data | {"lines": [row.line for row in lines if row.line]}
        purchase = act(form, save, by=request.user, at=timezone.now(), **entered)
        if purchase:
            messages.success(request, _("Saved. Add the quotes, then ask for approval."))
            return redirect(purchase)
    context = {"form": form, "lines": lines, "items": items_in_use()[:1000]}
    return render(request, "conduct/purchases/form.html", context)


@login_required
def purchase(request, number):
    return _page(request, get_or_404(queries.purchases_for(request.user), number=number))


@login_required
@require_POST
def add_quote(request, number):
    thing = get_or_404(queries.drafts_of(request.user), number=number)
    form = QuoteForm(request.POST, request.FILES)
    if form.is_valid():
        act(form, actions.add_quote, purchase=thing, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, thing, quote_form=form, status=422)
    messages.success(request, _("Quote added."))
    return redirect(thing)


@login_required
@require_POST
def drop_quote(request, number, pk):
    thing = get_or_404(queries.drafts_of(request.user), number=number)
    actions.drop_quote(quote=get_or_404(thing.quotes, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("Quote removed."))
    return redirect(thing)


@login_required
@require_POST
def choose(request, number, pk):
    thing = get_or_404(queries.drafts_of(request.user), number=number)
    form = ChooseForm(request.POST)
    if form.is_valid():
        act(form, actions.choose, quote=get_or_404(thing.quotes, pk=pk), by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, thing, choose_form=form, choose_pk=pk, status=422)
    messages.success(request, _("Chosen."))
    return redirect(thing)


@login_required
def quote_file(request, number, pk):
    thing = get_or_404(queries.purchases_for(request.user), number=number)
    return serve(get_or_404(thing.quotes.select_related("file"), pk=pk).file)


@login_required
@require_POST
def ask(request, number):
    thing = get_or_404(queries.drafts_of(request.user), number=number)
    actions.ask(purchase=thing, by=request.user, at=timezone.now())
    messages.success(request, _("Asked for approval."))
    return redirect(thing)


@login_required
@require_POST
def order(request, number):
    require(request.user, Permission.ORDER_PURCHASES)
    thing = get_or_404(queries.purchases_for(request.user), number=number)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _page(request, thing, order_form=form, status=422)
    actions.order(purchase=thing, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Ordered."))
    return redirect(thing)


@login_required
def receive(request, number):
    """What arrived, with the signatures of the slip."""
    require(request.user, Permission.ORDER_PURCHASES)
    thing = get_or_404(queries.purchases_for(request.user), number=number)
    chosen = queries.chosen_quote(thing)
    start = {"giver_name": chosen.supplier if chosen else "", "taker_name": request.user.name}
    form = ReceiveForm(request.POST or None, lines=thing.lines.all(), initial=start)
    if request.method == "POST" and (response := _received(request, thing, form)):
        return response
    signers = [(form[f"{side}_name"], form[f"{side}_strokes"]) for side in ("giver", "taker")]
    return render(request, "conduct/purchases/receive.html", {"purchase": thing, "form": form, "signers": signers})


def _received(request, thing, form):
    """Where to go once it is stored, or None. Whoever sends the same page twice hears so, although nothing is outstanding by then."""
    is_valid = form.is_valid()
    if known := receiving.known_slip(thing, form.cleaned_data.get("slip_id")):
        return _stored(request, thing, known, is_new=False)
    if not is_valid:
        return None
    facts = {name: form.cleaned_data[name] for name in ("slip_id", "put_to", "giver_name", "giver_strokes", "taker_name", "taker_strokes")}
    try:
        slip, is_new = receiving.receive(purchase=thing, arrived=form.arrived, by=request.user, at=timezone.now(), **facts)
    except DomainError as error:
        return form.add_error(error.field if error.field in form.fields else None, error.message)
    return _stored(request, thing, slip, is_new=is_new)


def _stored(request, thing, slip, *, is_new):
    if is_new:
        messages.success(request, _("Stored as %(number)s.") % {"number": slip.number})
    else:
        messages.warning(request, _("This slip is stored already as %(number)s; nothing was moved twice.") % {"number": slip.number})
    return redirect(thing)


@login_required
@require_POST
def cancel(request, number):
    """By who asked for it, or by whoever orders."""
    thing = get_or_404(queries.purchases_for(request.user), number=number)
    if thing.asked_by_id != request.user.pk:
        require(request.user, Permission.ORDER_PURCHASES)
    form = CancelForm(request.POST)
    if form.is_valid():
        act(form, actions.cancel, purchase=thing, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, thing, cancel_form=form, status=422)
    messages.success(request, _("Cancelled."))
    return redirect(thing)


@login_required
def policy(request):
    """The policy's versions, and a form for the next one."""
    require(request.user, Permission.SET_PURCHASE_POLICY)
    present = queries.policy_on(_today())
    form = PolicyForm(request.POST or None, initial={"valid_from": _today()})
    tiers = TierFormSet(request.POST or None, prefix="tiers", initial=present.tiers)
    if request.method == "POST" and form.is_valid() and tiers.is_valid():
        entered = form.cleaned_data | {"tiers": [row.tier for row in tiers if row.tier]}
        if act(form, actions.set_policy, by=request.user, at=timezone.now(), **entered):
            messages.success(request, _("Saved as a new version."))
            return redirect("purchases:policy")
    context = {"form": form, "tiers": tiers, "present": present, "versions": PurchasePolicy.objects.select_related("by")[:20]}
    context["words"] = dict(Decider.choices)
    return render(request, "conduct/purchases/policy.html", context)


def _page(request, thing, status=200, **forms):
    user, states = request.user, PurchaseState
    asks = thing.asked_by_id == user.pk
    orders = user.may(Permission.ORDER_PURCHASES)
    context = {
        "purchase": thing, "quotes": thing.quotes.select_related("file", "by"), "lines": thing.lines.select_related("item"),
        "approvals": approvals_about(origin=queries.ORIGIN, reference=thing.number), "history": trail_of(thing)[:30],
        "slips": slips_about(origin=queries.ORIGIN, reference=thing.number), "is_late": thing.is_late(_today()),
        "drafts": asks and thing.state == states.DRAFT, "orders": orders and thing.state == states.APPROVED,
        "receives": orders and thing.state == states.ORDERED,
        "cancels": (asks or orders) and thing.state not in states.SETTLED,
        "quote_form": QuoteForm(), "choose_form": ChooseForm(), "order_form": OrderForm(), "cancel_form": CancelForm(),
    }  # fmt: skip
    if context["drafts"]:
        policy = queries.policy_on(_today())
        needed = queries.quotes_needed(thing, policy)
        context["missing"] = [actions.words_of(code, needed) for code in queries.missing(thing, policy)]
    return render(request, "conduct/purchases/purchase.html", context | forms, status=status)

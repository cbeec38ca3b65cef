from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.people.access import Permission
from conduct.stock.forms import AboutForm
from conduct.trail.queries import trail_of

from . import actions, queries
from .forms import ExtendForm, LendForm, ReturnForm, SpareForm, StateForm
from .models import Spare
from .states import SpareState


def _today():
    return day_of(timezone.now(), company().time_zone)


@login_required
def spare_list(request):
    require(request.user, Permission.SEE_STOCK)
    rows = queries.with_open_loan(queries.spares_for(request.user))
    state = request.GET.get("state", "")
    if state in SpareState.values:
        rows = rows.filter(state=state)
    if text := request.GET.get("q", "").strip():
        by_number = rows.filter(number__iexact=text)
        rows = by_number if by_number.exists() else rows.filter(name__icontains=text)
    page, today = keyset(rows, request, order=("name", "id")), _today()
    context = {"page": page, "states": SpareState.choices, "state": state, "q": text, "today": today}
    return render(request, "conduct/spares/list.html", context | {"late": list(queries.late(today)[:20])})


@login_required
def loan_list(request):
    require(request.user, Permission.SEE_STOCK)
    rows = queries.loans_for(request.user)
    show = "all" if request.GET.get("show") == "all" else "open"
    order = ("-lent_at", "-id") if show == "all" else ("back_by", "id")
    page = keyset(rows if show == "all" else rows.filter(returned_at=None), request, order=order)
    return render(request, "conduct/spares/loans.html", {"page": page, "show": show, "today": _today()})


@login_required
def spare(request, number):
    thing = get_or_404(queries.with_open_loan(queries.spares_for(request.user)), number=number)
    context = {"spare": thing, "today": _today(), "form": StateForm()}
    context["moves"] = thing.TRANSITIONS[thing.state] - {SpareState.LENT} if thing.state != SpareState.LENT else ()
    context["loans"] = thing.loans.select_related("lent_by").order_by("-lent_at", "-pk")[:50]
    return render(request, "conduct/spares/spare.html", context | {"history": trail_of(thing)[:20]})


@login_required
def edit(request, number=None):
    """A new spare, or one that is changed."""
    require(request.user, Permission.KEEP_STOCK)
    thing = get_or_404(queries.spares_for(request.user), number=number) if number else Spare()
    form = SpareForm(request.POST or None, instance=thing)
    if request.method == "POST" and form.is_valid():
        actions.save_spare(spare=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    heading = number or _("New spare")
    return render(request, "conduct/spares/form.html", {"form": form, "heading": heading})


@login_required
def lend(request):
    """Lend a spare, for what the address names (`origin`, `reference`), and go back to `next`."""
    require(request.user, Permission.LEND_SPARES)
    about = AboutForm(request.GET)
    facts = about.cleaned_data if about.is_valid() else {}
    url = _local(request, request.GET.get("next", ""))
    form = LendForm(request.POST or None, initial={"spare": request.GET.get("spare")})
    if request.method == "POST" and form.is_valid():
        facts |= form.cleaned_data
        loan = act(form, actions.lend, url=url[:200], by=request.user, at=timezone.now(), **facts)
        if loan:
            messages.success(request, _("Lent until %(day)s: %(number)s.") % {"day": loan.back_by, "number": loan.number})
            return redirect(url or loan)
    context = {"form": form, "heading": _("Lend a spare"), "about": facts.get("reference", "")}
    return render(request, "conduct/spares/form.html", context)


def _local(request, url):
    return url if url_has_allowed_host_and_scheme(url, None, require_https=request.is_secure()) else ""


@login_required
def loan(request, number):
    return _loan_page(request, get_or_404(queries.loans_for(request.user), number=number))


@login_required
@require_POST
def give_back(request, number):
    require(request.user, Permission.LEND_SPARES)
    lent = get_or_404(queries.loans_for(request.user), number=number)
    form = ReturnForm(request.POST, loan=lent)
    if form.is_valid():
        act(form, actions.give_back, loan=lent, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _loan_page(request, lent, return_form=form, status=422)
    messages.success(request, _("%(spare)s is back.") % {"spare": lent.spare})
    return redirect(lent)


@login_required
@require_POST
def extend(request, number):
    require(request.user, Permission.LEND_SPARES)
    lent = get_or_404(queries.loans_for(request.user), number=number)
    form = ExtendForm(request.POST)
    if form.is_valid():
        act(form, actions.extend, loan=lent, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _loan_page(request, lent, extend_form=form, status=422)
    messages.success(request, _("It may stay until %(day)s.") % {"day": lent.back_by})
    return redirect(lent)


@login_required
@require_POST
def set_state(request, number, to):
    require(request.user, Permission.KEEP_STOCK)
    thing = get_or_404(queries.spares_for(request.user), number=number)
    form = StateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect(thing)
    actions.set_state(spare=thing, to=to, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect(thing)


def _loan_page(request, lent, return_form=None, extend_form=None, status=200):
    context = {"loan": lent, "is_late": lent.is_late(_today()), "history": trail_of(lent)[:20]}
    if lent.is_open and request.user.may(Permission.LEND_SPARES):
        context["return_form"] = return_form or ReturnForm(loan=lent)
        context["extend_form"] = extend_form or ExtendForm()
    return render(request, "conduct/spares/loan.html", context, status=status)

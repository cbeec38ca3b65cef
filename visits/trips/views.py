from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.approvals.queries import may_decide
from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.errors import ForbiddenMove
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.rules.states import Trait
from conduct.trail.queries import trail_of
from visits.schedule.queries import visits_for

from . import actions, queries, settling
from .forms import SetOutForm
from .models import Expense
from .offers import OFFERS, form_of, may, verbs
from .spreadsheet import workbook
from .states import TripState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def trip_list(request):
    require(request.user, Permission.SEE_TRIPS)
    rows = queries.trip_list(request.user)
    show = "all" if request.GET.get("show") == "all" else "open"
    page = keyset(rows if show == "all" else rows.exclude(state=TripState.PAID), request, order=("-set_out_at", "-id"))
    today = day_of(timezone.now(), company().time_zone)
    return render(request, "visits/trips/list.html", {"page": page, "show": show, "today": today})


@login_required
def new(request, number):
    """The engineer sets out for a visit away from home."""
    visit = get_or_404(queries.visits_to_set_out_for(request.user), number=number)
    if Trait.TRIP not in visit.traits:
        raise Http404
    first = {"set_out_at": timezone.localtime(), "origin": visit.engineer.home_city}
    form = SetOutForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        if begun := act(form, actions.set_out, visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Noted. Have a good journey."))
            return redirect(begun)
    return render(request, "visits/trips/new.html", {"form": form, "visit": visit}, status=422 if form.errors else 200)


@login_required
def trip(request, number):
    """Where somebody is, what was asked about the return, what it cost."""
    shown = get_or_404(queries.trip_page(request.user), number=number)
    return render(request, "visits/trips/trip.html", _page(request, shown))


@login_required
@require_POST
def act_on(request, number, verb):
    shown = get_or_404(queries.trip_page(request.user), number=number)
    _require(request.user, verb, shown)
    form = form_of(verb, shown, data=request.POST, files=request.FILES)
    if form.is_valid():
        act(form, OFFERS[verb].action, trip=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.is_valid():
        messages.success(request, OFFERS[verb].done)
        return redirect(shown)
    return render(request, "visits/trips/trip.html", _page(request, shown, verb, form), status=422)


def _require(user, verb, shown):
    """404 for what is never this person's to do; whoever was overtaken is told so."""
    if not may(user, verb, shown):
        raise Http404
    if verb not in verbs(shown, queries.consent_of(shown, queries.questions_of(shown)), user):
        raise ForbiddenMove(_("This trip has moved on meanwhile. Please look again."))


def _page(request, shown, verb="", form=None):
    user, at = request.user, timezone.now()
    questions = queries.questions_of(shown)
    consent = queries.consent_of(shown, questions)
    possible = verbs(shown, consent, user)
    for question in questions:
        question.may_decide = question.is_open and may_decide(user, question)
    return {
        "trip": shown, "visits": queries.visits_of(shown), "mine": set(visits_for(user).filter(trips=shown)), "questions": questions, "consent": consent,
        "offers": [(name, OFFERS[name], form if name == verb else form_of(name, shown, at)) for name in possible],
        "onward": queries.next_visit(shown) if "go-on" in possible else None, "lodgings": shown.lodgings.all(),
        "expenses": shown.expenses.select_related("receipt"), "total": queries.total_of(shown), "is_late": settling.is_late(shown, at),
        "may_drop": "expense" in possible, "history": trail_of(shown)[:30],
    }  # fmt: skip


@login_required
@require_POST
def drop_expense(request, number, pk):
    shown = get_or_404(queries.trip_page(request.user), number=number)
    _require(request.user, "expense", shown)
    expense = get_or_404(Expense.objects.select_related("receipt", "trip"), trip=shown, pk=pk)
    settling.drop_expense(expense=expense, by=request.user, at=timezone.now())
    messages.success(request, _("Removed."))
    return redirect(shown)


@login_required
def receipt(request, number, pk):
    shown = get_or_404(queries.trips_for(request.user), number=number)
    return serve(get_or_404(shown.expenses.exclude(receipt=None).select_related("receipt"), pk=pk).receipt)


@login_required
def month(request, month):
    """The expenses of a month as a spreadsheet."""
    require(request.user, Permission.PAY_TRIPS)
    try:
        rows = queries.expenses_of_month(month)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    response = HttpResponse(workbook(month, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="expenses-{month}.xlsx"'
    return response

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import require
from conduct.base.days import day_of, month_bounds
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.people.access import Permission
from visits.schedule import lists
from visits.schedule.queries import visits_for

from . import actions, charts
from .definitions import BY_CODE, PEOPLE, QUADRANTS, TICKETS, VISITS
from .fairness import heaviest, unevenness
from .forms import ClosingForm
from .markup import table_body
from .months import name, shifted
from .queries import CUSTOMER_FIGURES, Month, definitions_of, names_of_people, rows_behind, trend_of, years_of
from .rows import told

SHOWN = 8  # figures of a quadrant or a technician; the spreadsheet has all
OVERVIEW = ("reported", "finish_met", "repair_time", "repeat_fault")
TRENDS = ("visits", "on_time", "first_time_fix", "evaluation", "reported", "finish_met")


@login_required
def this_month(request):
    require(request.user, Permission.SEE_MONTH)
    return redirect("statistics:month", f"{timezone.localtime():%Y-%m}")


@login_required
def month(request, month):
    """The month at a glance."""
    found, shell = _open(request, month, "month")
    days = found.days()
    context = {
        "visits": found.cards(VISITS),
        "tickets": found.cards([BY_CODE[code] for code in OVERVIEW]),
        "states": found.states(),
        "days": days,
        "chart": charts.days_chart(days),
    }
    return render(request, "visits/statistics/month.html", shell | context)


@login_required
def tickets(request, month):
    found, shell = _open(request, month, "tickets")
    rows, figures = found.quadrants(QUADRANTS), [BY_CODE["reported"]]
    context = {
        "cards": found.cards(TICKETS),
        "quadrants": table_body(rows, columns=SHOWN),
        "technicians": table_body(found.technicians(), columns=SHOWN),
        "figures": TICKETS[:SHOWN],
        "chart": charts.people_chart(rows, figures),
    }
    return render(request, "visits/statistics/tickets.html", shell | context)


@login_required
def people(request, month):
    found, shell = _open(request, month, "people")
    rows, figures = found.engineers(), [*VISITS[:1], *PEOPLE]
    names = {key: label for key, label, _numbers, _texts in rows}
    fairness = []
    for figure in figures:
        loads = {key: numbers[figure.code] or 0 for key, _label, numbers, _texts in rows}
        most = heaviest(loads)
        fairness.append((figure, unevenness(loads.values()), most and (names[most[0]], most[1])))
    context = {
        "cards": found.cards(PEOPLE), "rows": rows, "figures": figures, "fairness": fairness,
        "body": table_body(rows, columns=len(figures), link=_rows_of(month, "engineer")),
        "hours": charts.people_chart(rows, [BY_CODE["hours"]]),
        "away": charts.people_chart(rows, [BY_CODE["trips"], BY_CODE["nights"], BY_CODE["weekends"]]),
    }  # fmt: skip
    return render(request, "visits/statistics/people.html", shell | context)


@login_required
def customers(request, month):
    found, shell = _open(request, month, "customers")
    rows, left_out = found.customers()
    context = {"rows": rows, "left_out": left_out, "figures": CUSTOMER_FIGURES}
    context["body"] = table_body(rows, columns=len(CUSTOMER_FIGURES), link=_rows_of(month, "customer"))
    context["chart"] = charts.people_chart(rows[:12], [BY_CODE["visits"]])
    return render(request, "visits/statistics/customers.html", shell | context)


def _rows_of(month, dimension):
    return f"{reverse('statistics:rows', args=[month])}?{dimension}="


@login_required
def trend(request, month):
    """Six figures over five years."""
    found, shell = _open(request, month, "trend")
    figures = [BY_CODE[code] for code in TRENDS]
    rows = trend_of(figures, found.first)
    panels = [(figure, charts.trend_chart(figure, rows), years_of(figure, rows)) for figure in figures]
    return render(request, "visits/statistics/trend.html", shell | {"panels": panels})


@login_required
def figure(request, month, code):
    """One figure: what it means, how it went, and the things behind it."""
    found, shell = _open(request, month, "figure")
    if code not in BY_CODE:
        raise Http404
    figure = BY_CODE[code]
    rows = trend_of([figure], found.first)
    page = keyset(rows_behind(figure, found, request.GET), request, order=("-day", "-id"))
    context = {
        "figure": figure,
        "card": found.card(figure),
        "definition": definitions_of(found, timezone.now())[code],
        "older": list(enumerate(figure.versions[:-1], 1))[::-1],
        "chart": charts.trend_chart(figure, rows),
        "years": years_of(figure, rows),
        "page": page,
        "told": told(figure, page.rows, names_of_people()),
        "narrowed": {key: value for key, value in request.GET.items() if key != "after" and value},
    }
    return render(request, "visits/statistics/figure.html", shell | context)


@login_required
def rows(request, month):
    """The visits of the month, by state, engineer or customer."""
    found, shell = _open(request, month, "rows")
    start, end = month_bounds(found.name, company().time_zone)
    visits = lists.filtered(visits_for(request.user), request.GET).filter(planned_start__gte=start, planned_start__lt=end)
    page = keyset(lists.rows_of(visits), request)
    lists.with_words(page.rows)
    return render(request, "visits/statistics/rows.html", shell | {"page": page})


@login_required
@require_POST
def close(request, month):
    require(request.user, Permission.CLOSE_MONTH)
    month_or_404(month)
    form = ClosingForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.close_month(month=month, note=note, by=request.user, at=timezone.now())
    messages.success(request, _("%(month)s is closed. Its figures stay as they are now.") % {"month": month})
    return redirect("statistics:month", month)


def _open(request, month, tab):
    """(the month, what every page of it shows)."""
    require(request.user, Permission.SEE_MONTH)
    found = month_or_404(month)
    over = day_of(timezone.now(), company().time_zone) >= found.after
    may_close = over and not found.closing and request.user.may(Permission.CLOSE_MONTH)
    shell = {
        "month": found.name, "tab": tab, "closing": found.closing, "over": over, "form": ClosingForm() if may_close else None,
        "before": name(found.before), "after": name(found.after), "year_before": name(shifted(found.first, -12)),
    }  # fmt: skip
    return found, shell


def month_or_404(month):
    try:
        return Month(month)
    except ValueError as error:
        raise Http404 from error

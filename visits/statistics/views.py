import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from conduct.base.access import require
from conduct.base.days import month_bounds, month_days
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.people.access import Permission
from visits.schedule import lists
from visits.schedule.queries import visits_for

from .figures import FIGURES
from .queries import month_of
from .spreadsheet import workbook


@login_required
def this_month(request):
    require(request.user, Permission.SEE_MONTH)
    return redirect("statistics:month", f"{timezone.localtime():%Y-%m}")


@login_required
def month(request, month):
    require(request.user, Permission.SEE_MONTH)
    facts = _facts_or_404(month)
    first, after = month_days(month)
    around = {"before": f"{first - datetime.timedelta(days=1):%Y-%m}", "after": f"{after:%Y-%m}"}
    return render(request, "visits/statistics/month.html", {"month": month, "titles": FIGURES, **facts, **around})


@login_required
def export(request, month):
    require(request.user, Permission.SEE_MONTH)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(workbook(month, _facts_or_404(month)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{month}.xlsx"'
    return response


@login_required
def rows(request, month):
    """The visits behind a figure of the month."""
    require(request.user, Permission.SEE_MONTH)
    _facts_or_404(month)
    start, end = month_bounds(month, company().time_zone)
    visits = lists.filtered(visits_for(request.user), request.GET).filter(planned_start__gte=start, planned_start__lt=end)
    if request.GET.get("closed"):
        visits = visits.filter(state__in=["signed", "refused", "archived"])
    page = keyset(lists.rows_of(visits), request)
    lists.with_words(page.rows)
    return render(request, "visits/statistics/rows.html", {"month": month, "page": page})


def _facts_or_404(month):
    try:
        return month_of(month)
    except ValueError as error:
        raise Http404 from error

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import require
from conduct.base.days import day_of, month_bounds, month_days
from conduct.company.queries import company
from conduct.people.access import Permission, sees_all

from . import actions, queries
from .spreadsheet import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = datetime.timedelta(days=1)


@login_required
def latest(request):
    """The list of last month, which is the one to settle."""
    require(request.user, Permission.SEE_FEES)
    this_month = day_of(timezone.now(), company().time_zone).replace(day=1)
    return redirect("fees:month", f"{this_month - DAY:%Y-%m}")


@login_required
def month(request, month):
    require(request.user, Permission.SEE_FEES)
    first, after = _days(month)
    at = timezone.now()
    sheet, groups = queries.sheet_of(month), queries.by_engineer(queries.lines_for(request.user, month, at))
    is_over = at >= month_bounds(month, company().time_zone)[1]
    context = {
        "month": month, "before": f"{first - DAY:%Y-%m}", "after": f"{after:%Y-%m}", "sheet": sheet, "groups": groups,
        "total": sum(total for _engineer, _rows, total in groups), "is_over": is_over,
        "closes": is_over and sheet is None and request.user.may(Permission.CLOSE_FEES),
        "is_mine": not sees_all(request.user, Permission.SEE_FEES),
    }  # fmt: skip
    return render(request, "visits/fees/month.html", context)


@login_required
def export(request, month):
    require(request.user, Permission.SEE_FEES)
    _days(month)
    groups = queries.by_engineer(queries.lines_for(request.user, month, timezone.now()))
    response = HttpResponse(workbook(month, groups), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="fees-{month}.xlsx"'
    return response


@login_required
@require_POST
def close(request, month):
    require(request.user, Permission.CLOSE_FEES)
    _days(month)
    actions.close(month=month, by=request.user, at=timezone.now())
    messages.success(request, _("The list is closed; each contractor is told."))
    return redirect("fees:month", month)


def _days(month):
    """(first day, first day of the month after), 404 for what is no month or lies outside of 2000 to 2100."""
    try:
        first, after = month_days(month)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not 2000 <= first.year <= 2100 or f"{first:%Y-%m}" != month:
        raise Http404
    return first, after

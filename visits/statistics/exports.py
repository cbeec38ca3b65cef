import tempfile
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.utils import timezone

from conduct.base.access import require
from conduct.base.days import month_bounds
from conduct.company.queries import company
from conduct.people.access import Permission
from visits.schedule.queries import visits_for

from .queries import definitions_of, rows_for_sheet
from .spreadsheet import write_month, write_visits
from .views import month_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def figures(request, month):
    require(request.user, Permission.SEE_MONTH)
    found = month_or_404(month)
    definitions = definitions_of(found, timezone.now())
    return _sent(lambda path: write_month(path, found, definitions), f"{month}.xlsx")


@login_required
def visits(request, month):
    """Every visit of the month, one row each."""
    require(request.user, Permission.SEE_MONTH)
    found, zone = month_or_404(month), company().time_zone
    start, end = month_bounds(found.name, zone)
    chosen = visits_for(request.user).filter(planned_start__gte=start, planned_start__lt=end)
    return _sent(lambda path: write_visits(path, found.name, rows_for_sheet(chosen, zone)), f"{month}-visits.xlsx")


def _sent(write, name):
    """What `write(path)` makes, as a download. The file has no name on the disk any more once it is open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        write(str(path))
        file = path.open("rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from conduct.base.days import day_of, month_bounds
from conduct.company.queries import company
from conduct.people.access import Permission, sees_all
from conduct.people.models import Engineer
from conduct.rules.states import Trait
from conduct.violations.models import Violation
from conduct.violations.queries import fee_cuts, ruled_on_since
from visits.breaches.actions import ORIGIN
from visits.schedule.models import Visit
from visits.schedule.states import VisitState

from .arithmetic import after_cut, correction
from .models import FeeLine, FeeSheet

# Longer than any answer and appeal take.
LONGEST_APPEAL = datetime.timedelta(days=90)
DAY = datetime.timedelta(days=1)
CLOSED = [VisitState.SIGNED, VisitState.REFUSED, VisitState.ARCHIVED]


@dataclass
class Line:
    """One row of a list. `fee` is None where no fee is agreed; `pending` is a cut that can still be appealed and is not deducted."""

    visit: Visit
    engineer: Engineer
    fee: Decimal | None
    percent: int = 0
    violation: Violation | None = None
    amount: Decimal = Decimal(0)
    is_correction: bool = False
    pending: tuple | None = None


def sheet_of(month):
    return FeeSheet.objects.filter(month=month).select_related("closed_by").first()


def last_month_to_close(at):
    """("2026-10", whether its list is open and holds something)."""
    zone = company().time_zone
    month = f"{day_of(at, zone).replace(day=1) - DAY:%Y-%m}"
    paid = Visit.objects.filter(_planned_in(month, zone), state__in=CLOSED, engineer__standing=Engineer.Standing.OUTSTATION)
    return month, sheet_of(month) is None and paid.exists()


def unpaid_of(staff):
    """Numbers of a contractor's closed visits whose fee stands on no list yet; none before the company closes its first list."""
    first = FeeSheet.objects.order_by("month").values_list("month", flat=True).first()
    if first is None:
        return []
    rows = Visit.objects.filter(engineer__staff=staff, engineer__agreed_fee__isnull=False, state__in=CLOSED, fee_lines=None)
    rows = rows.filter(planned_start__gte=month_bounds(first, company().time_zone)[0]).order_by("planned_start")
    return [number for number, traits in rows.values_list("number", "traits") if Trait.OUTSTATION in traits]


def lines_for(user, month, at):
    """The rows of a month's list that this person may see, by engineer and time: all, or the contractor's own."""
    sheet = sheet_of(month)
    lines = _closed(sheet) if sheet else open_lines(month, at)
    return lines if sees_all(user, Permission.SEE_FEES) else [line for line in lines if line.engineer.staff_id == user.pk]


def open_lines(month, at):
    """What the list of a month that is not closed holds now, in seven queries."""
    due = [visit for visit in _due(month) if Trait.OUTSTATION in visit.traits]
    cuts = fee_cuts(ORIGIN, [visit.number for visit in due], at)
    lines = [_line(visit, cuts.get(visit.number)) for visit in due] + _corrections(at)
    return sorted(lines, key=lambda line: (line.engineer.number, line.is_correction, line.visit.planned_start))


def _closed(sheet):
    rows = sheet.lines.select_related("visit__order__customer", "engineer__staff", "violation")
    rows = rows.order_by("engineer__number", "is_correction", "visit__planned_start")
    return [Line(row.visit, row.engineer, row.fee, row.percent, row.violation, row.amount, row.is_correction) for row in rows]


def _due(month):
    """Closed visits of the month, and those of earlier months whose record was closed too late for the list that was closed by then."""
    zone = company().time_zone
    wanted = _planned_in(month, zone)
    for earlier, closed_at in FeeSheet.objects.filter(month__lt=month).values_list("month", "closed_at"):
        wanted |= _planned_in(earlier, zone) & Q(record__closed_at__gte=closed_at)
    rows = Visit.objects.filter(wanted, state__in=CLOSED, fee_lines=None)
    return rows.select_related("engineer__staff", "order__customer").order_by("planned_start")


def _planned_in(month, zone):
    start, end = month_bounds(month, zone)
    return Q(planned_start__gte=start, planned_start__lt=end)


def _line(visit, cut):
    fee = visit.engineer.agreed_fee
    percent, violation, is_final = cut or (0, None, True)
    if fee is None:
        return Line(visit, visit.engineer, None, violation=violation)
    if not is_final:
        return Line(visit, visit.engineer, fee, amount=fee, pending=(percent, violation))
    return Line(visit, visit.engineer, fee, percent, violation, after_cut(fee, percent))


def _corrections(at):
    """Fees that were settled and that a ruling since then changed."""
    since = FeeSheet.objects.order_by("closed_at").values_list("closed_at", flat=True).first()
    touched = _ruled_since(since) if since else set()
    paid = FeeLine.objects.filter(visit__number__in=touched, is_correction=False)
    paid = list(paid.select_related("visit__order__customer", "engineer__staff"))
    sums = FeeLine.objects.filter(visit__in=[row.visit_id for row in paid]).values("visit").annotate(sum=Sum("amount"))
    settled = {row["visit"]: row["sum"] for row in sums}
    cuts = {key: cut for key, cut in fee_cuts(ORIGIN, touched, at).items() if cut[2]}
    lines = []
    for row in paid:
        percent, violation, _final = cuts.get(row.visit.number, (0, None, True))
        if change := correction(row.fee, percent, settled[row.visit_id]):
            lines.append(Line(row.visit, row.engineer, row.fee, percent, violation, change, is_correction=True))
    return lines


def _ruled_since(moment):
    """A cut becomes final days after its ruling, so that rulings from before the first closing may still matter."""
    return ruled_on_since(ORIGIN, moment - LONGEST_APPEAL)


def by_engineer(lines):
    """[(engineer, [line, …], sum), …]."""
    groups = {}
    for line in lines:
        groups.setdefault(line.engineer, []).append(line)
    return [(engineer, rows, sum((row.amount for row in rows), Decimal(0))) for engineer, rows in groups.items()]

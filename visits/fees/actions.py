from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.days import month_bounds
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.company.models import Company
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.trail import actions as trail

from .models import FeeLine, FeeSheet
from .queries import by_engineer, open_lines


@transaction.atomic
def close(*, month, by, at):
    """Freeze the list of a month that is over, and tell each contractor the sum.

    Raises DomainError before the month's end and while a contractor has no agreed fee, ForbiddenMove when somebody was faster.
    """
    if at < month_bounds(month, company().time_zone)[1]:
        raise DomainError(_("The month is not over yet."))
    _one_at_a_time()
    lines = open_lines(month, at)
    nameless = sorted({line.engineer.staff.name for line in lines if line.fee is None})
    if nameless:
        raise DomainError(_("No fee is agreed with %(names)s. Enter it under “Staff” first.") % {"names": ", ".join(nameless)})
    try:
        with transaction.atomic():
            sheet = FeeSheet.objects.create(month=month, closed_at=at, closed_by=by)
    except IntegrityError as error:
        raise ForbiddenMove(_("Somebody else has closed this list already.")) from error
    FeeLine.objects.bulk_create(
        FeeLine(
            sheet=sheet, visit=line.visit, engineer=line.engineer, fee=line.fee, percent=line.percent, violation=line.violation,
            amount=line.amount, is_correction=line.is_correction,
        )
        for line in lines
    )  # fmt: skip
    trail.note(verb="fees.closed", subject=sheet, by=by, at=at, month=month, count=len(lines))
    for engineer, _rows, total in by_engineer(lines):
        tell(to=engineer.staff, code="fees.closed", about=month, url=f"/fees/{month}/", at=at, amount=f"{total:.2f}")
    return sheet


def _one_at_a_time():
    """What is late or corrected stands in every open list: the second to close one sees what the first has taken up."""
    Company.objects.select_for_update(no_key=True).filter(pk=1).first()

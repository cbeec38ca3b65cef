from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.trail import actions as trail
from visits.orders.actions import raise_order
from visits.orders.models import WorkOrder

from .checking import check
from .models import ImportedRow, OrderImport
from .states import ImportState, Likely

PLAIN = (
    "contact", "reference", "reported_fault", "symptom", "traits", "wanted_from", "wanted_to", "change_from", "change_to", "priority",
    "duration_minutes",
)  # fmt: skip


@transaction.atomic
def look_at(*, name, rows, by, at):
    """Keep a spreadsheet to look at; no order is raised. `rows` are lists of texts, the heading first."""
    number = next_number("OI", day_of(at, company().time_zone).year)
    source = OrderImport.objects.create(number=number, name=name[-120:], rows=rows, by=by, at=at)
    trail.note(verb="order_import.uploaded", subject=source, by=by, at=at, name=source.name)
    return source


@transaction.atomic
def take_over(*, source, without_bad=False, likely="", by, at):
    """Raise an order for each good row that was not imported before; all of them or none. Returns how many.

    Rows are checked anew: what was good an hour ago may name a site that is gone. Raises DomainError while a row is bad, unless
    somebody agreed that those are left out; while an open order is likely the same matter, unless somebody said what becomes of those
    rows (`likely`, one of states.Likely); and when there is nothing to import.
    """
    checked = check(source.rows)
    bad, good, alike = checked.of("bad"), checked.of("good"), checked.of("likely")
    if checked.missing or (bad and not without_bad):
        raise DomainError(_("Some cells cannot be taken as they are. Nothing was imported."), field="without_bad")
    if alike and not likely:
        raise DomainError(_("Some rows are likely open orders already. Say what becomes of them; nothing was imported."), field="likely")
    good += alike if likely == Likely.TAKE else []
    if not good:
        raise DomainError(_("There is nothing in this file that was not imported before."))
    move(source, ImportState.DONE, settled_at=at, settled_by=by)
    for row in good:
        order = WorkOrder(site=row.site, **{name: row.facts[name] for name in PLAIN})
        needs = {name: row.facts[name] for name in ("equipment", "scope", "skills", "certified")}
        raise_order(order=order, by=by, at=at, **needs)
        ImportedRow.objects.create(key=row.key, source=source, order=order)
    trail.note(verb="order_import.taken_over", subject=source, by=by, at=at, new=len(good), left_out=len(checked.rows) - len(checked.of("known")) - len(good))
    return len(good)


@transaction.atomic
def discard(*, source, by, at):
    move(source, ImportState.DISCARDED, settled_at=at, settled_by=by)
    trail.note(verb="order_import.discarded", subject=source, by=by, at=at, name=source.name)

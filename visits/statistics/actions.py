from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from conduct.base.days import day_of, month_days
from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.tally import actions as tally
from conduct.trail import actions as trail
from visits.yardsticks.queries import in_force

from .definitions import FIGURES
from .models import MonthClosing
from .queries import closing_of


@transaction.atomic
def close_month(*, month, note="", by, at):
    """Freeze "2026-11": its figures stay as they are now, what is counted later shows as the difference.

    Raises ValueError for what is no month, and DomainError for one that is not over or was closed before.
    """
    _first, after = month_days(month)
    if day_of(at, company().time_zone) < after:
        raise DomainError(_("%(month)s is not over yet.") % {"month": month})
    _refuse_closed(month)
    yardstick = in_force(at)
    try:
        with transaction.atomic():
            closing = MonthClosing.objects.create(
                month=month, definitions=_definitions(yardstick), yardstick=yardstick.number, note=note, by=by, at=at
            )
    except IntegrityError:
        _refuse_closed(month)
        raise
    tally.freeze(month=month)
    trail.note(verb="month.closed", subject=closing, by=by, at=at, month=month, note=note, yardstick=yardstick.number)
    return closing


def _refuse_closed(month):
    if closing := closing_of(month):
        facts = {"month": month, "who": closing.by.name, "when": str(day_of(closing.at, company().time_zone))}
        raise DomainError(_("%(month)s is closed already, by %(who)s on %(when)s. Nothing was changed.") % facts)


def _definitions(yardstick):
    """{code: {"version": n, language: words, …}}: what every figure meant on this day."""
    found = {figure.code: {"version": figure.version} for figure in FIGURES}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for figure in FIGURES:
                found[figure.code][language] = figure.definition(yardstick)
    return found

"""What a month still lacks, item by item: {"code", "whose", "about"}, plain enough to be kept with the pack."""

from django.utils.translation import gettext as _

from conduct.attendance.queries import sheets
from conduct.attendance.sheet import Flag
from conduct.attendance.words import FLAGS
from visits.papers.models import Paper

from .queries import open_matters, visits_of

TIMES = (Flag.NO_IN, Flag.NO_OUT, Flag.ABSENT)


def hours_of(people, month, at):
    """{person's key: [sheet.Day, …]} of those who clock in or were on leave in the month; empty where nobody does."""
    return {
        key: days
        for key, days in sheets(people, month, at).items()
        if any(day.first_in or day.last_out or day.off for day in days)
    }


def missing_of(people, hours, month, zone, at):
    """Records that are not signed, papers that are not sealed and times that were not pressed, by person and then by what it is."""
    found = []
    for person in people:
        for visit in open_matters(person, month, zone).filter(planned_end__lt=at).order_by("planned_start"):
            found.append({"code": "record", "whose": person.name, "about": visit.number})
        papers = Paper.objects.filter(sign_off__visit__in=visits_of([person], month, zone), file=None)
        for number in papers.order_by("pk").values_list("sign_off__visit__number", flat=True):
            found.append({"code": "paper", "whose": person.name, "about": number})
        found += times_missing(person, hours.get(person.pk, ()))
    return found


def times_missing(person, days):
    """The days of a person's sheet on which a time is missing."""
    return [
        {"code": str(flag), "whose": person.name, "about": day.day.isoformat()}
        for day in days for flag in day.flags if flag in TIMES
    ]  # fmt: skip


def gap_words(gap):
    """ "V-2026-000123: record not signed"."""
    known = {"record": _("record not signed"), "paper": _("service report not sealed")}
    return f"{gap['about']}: {known.get(gap['code']) or FLAGS[Flag(gap['code'])]}"

from django.db.models import Q

from conduct.base.days import month_bounds, month_days
from conduct.people.access import Permission
from conduct.people.models import Department, Staff
from conduct.workdays.queries import standard_calendar
from visits.papers.models import Paper
from visits.records.models import EntryFile
from visits.schedule.models import Visit
from visits.schedule.states import VisitState
from visits.signoff.models import SignOff
from visits.statistics.months import name, shifted

from .models import Pack, PackFile, PackPolicy
from .reading import pack_day
from .states import PackState


def policy():
    return PackPolicy.objects.filter(pk=1).first() or PackPolicy(pk=1)


def packs_for(user):
    """The packs that this person may see."""
    packs = Pack.objects.select_related("staff", "department", "delivery")
    return packs if user.may(Permission.SEE_PACKS) else packs.none()


def file_of(pack, file_id):
    return PackFile.objects.select_related("file").filter(pack=pack, file_id=file_id)


def due_day(month, rule, working=None):
    """The day on which the packs of "2026-11" are due. Raises ValueError for what is no month."""
    first, _after = month_days(month)
    return pack_day(first, rule.reading, working or standard_calendar())


def next_days(today, rule, *, count=2):
    """[(month, its pack day), …]: the next ones that are not past, a month ahead and more."""
    working, found, first = standard_calendar(), [], shifted(today.replace(day=1), -1)
    while len(found) < count:
        day = pack_day(first, rule.reading, working)
        if day >= today:
            found.append((name(first), day))
        first = shifted(first, 1)
    return found


def due_months(today, rule):
    """[(month, its pack day), …] from the policy's first month on whose day has come. None while no first month is set."""
    if not rule.first_month:
        return []
    working, found = standard_calendar(), []
    first, _after = month_days(rule.first_month)
    while first <= shifted(today.replace(day=1), 0):
        day = pack_day(first, rule.reading, working)
        if day <= today:
            found.append((name(first), day))
        first = shifted(first, 1)
    return found


def without_pack(month):
    """(people, departments) that hand in a pack for this month and have none yet. Who left hands in nothing any more."""
    people = Staff.objects.filter(is_active=True).exclude(packs__month=month).select_related("department").order_by("pk")
    groups = Department.objects.filter(staff__is_active=True).distinct().order_by("pk")
    return people, groups.exclude(pk__in=Pack.objects.filter(month=month, staff=None).values("department"))


def to_make(at):
    """Packs that are due and that nobody makes at the moment."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    return Pack.objects.filter(free, state=PackState.DUE)


def missing_before(day):
    """Packs that were due before `day` and have not arrived."""
    return Pack.objects.filter(due_on__lt=day, state__in=PackState.MISSING).select_related("staff", "department")


def visits_of(people, month, zone):
    """The visits of these people that were planned for the month."""
    start, end = month_bounds(month, zone)
    return Visit.objects.filter(engineer__staff__in=people, planned_start__gte=start, planned_start__lt=end)


def open_matters(person, month, zone):
    """The visits of a person's month whose record still waits for something the person does."""
    waiting = (VisitState.ON_SITE, VisitState.FINISHED, VisitState.CONFIRMED)
    return visits_of([person], month, zone).filter(state__in=waiting)


def files_of(person, month, zone):
    """[(visit number, file name, stored file), …] of the month's visits: papers, photos, scans, stamps of the copies."""
    visits = visits_of([person], month, zone)
    found = []
    papers = Paper.objects.filter(sign_off__visit__in=visits, file__isnull=False).select_related("file", "sign_off__visit")
    for paper in papers.order_by("pk"):
        found.append((paper.sign_off.visit.number, f"{paper.number}-v{paper.version}.pdf", paper.file))
    for row in EntryFile.objects.filter(visit__in=visits).select_related("file", "visit").order_by("pk"):
        found.append((row.visit.number, row.file.name, row.file))
    for row in SignOff.objects.filter(visit__in=visits).select_related("scan", "stamped_copy", "visit").order_by("pk"):
        found += [(row.visit.number, stored.name, stored) for stored in (row.scan, row.stamped_copy) if stored]
    return found

import datetime
from collections import Counter

from django.db.models import Exists, Max, OuterRef, Q, Subquery, Sum

from conduct.base.days import day_bounds, day_of
from conduct.company.queries import company
from conduct.people.access import Permission, sees_all
from conduct.people.models import Engineer
from conduct.rules.queries import current_edition

from .frame import frame
from .models import Ruling, Violation
from .states import ViolationState

YEAR, MOMENT = datetime.timedelta(days=365), datetime.timedelta(microseconds=1)
OLDEST_YEAR = 2000
S = ViolationState


def violations_for(user):
    """Every breach that this person may know of: who rules all of them, an engineer the own ones once somebody stands behind them,
    who raises breaches those that one raised or that wait for a confirmation. Of people who left only who rules still reads."""
    rows = Violation.objects.select_related("engineer__staff", "rule__edition", "raised_by")
    if sees_all(user, Permission.SEE_VIOLATIONS):
        return rows
    if not user.may(Permission.SEE_VIOLATIONS):
        return rows.none()
    mine = Q(engineer__staff=user, raised_at__isnull=False) | Q(raised_by=user)
    if user.may(Permission.RAISE_VIOLATIONS):
        mine |= Q(state=S.PROPOSED) & ~Q(engineer__staff=user)
    return rows.filter(mine, engineer__staff__is_active=True)


def waiting_for(user, at):
    """What this person can do something about now: answer, confirm, rule, or rule upon the appeal against somebody else's ruling."""
    states = Q(engineer__staff=user, state=S.RAISED)
    if user.may(Permission.RULE_VIOLATIONS):
        mine = Ruling.objects.filter(violation=OuterRef("pk"), by=user)
        to_rule = Q(state=S.ANSWERED) | Q(state=S.RAISED, answer_until__lt=at) | Q(state=S.APPEALED) & ~Exists(mine)
        states |= to_rule & ~Q(engineer__staff=user)
    if user.may(Permission.RAISE_VIOLATIONS):
        states |= Q(state=S.PROPOSED) & ~Q(engineer__staff=user)
    return violations_for(user).filter(states)


def engineer_to_read(user, number):
    """The engineer of that number for who rules on breaches; None for anybody else and for a number that is none."""
    if not number or not user.may(Permission.RULE_VIOLATIONS):
        return None
    return Engineer.objects.filter(number=number).select_related("staff").first()


def edition_on(day, at):
    """The edition that held on that day, at its end; None before the first. A day to come is today."""
    if day.year < OLDEST_YEAR:
        return None
    zone = company().time_zone
    return current_edition(min(day_bounds(min(day, day_of(at, zone)), zone)[1] - MOMENT, at))


def standing_rulings():
    """The ruling that stands for each breach: the one upon appeal where there is one."""
    newest = Ruling.objects.filter(violation=OuterRef("violation")).order_by("-instance").values("pk")[:1]
    return Ruling.objects.filter(pk=Subquery(newest))


def ruling_of(violation):
    """The ruling that stands, or None."""
    return violation.rulings.select_related("by").order_by("-instance").first()


def points_before(engineer, at):
    """The points of the twelve months before `at`."""
    rows = standing_rulings().filter(violation__engineer=engineer, at__gt=at - YEAR, at__lte=at)
    return rows.aggregate(sum=Sum("points"))["sum"] or 0


def points_by_month(engineer, at, zone):
    """[("2026-11", points, day on which the last of them ends), …] of the twelve months before `at`, newest first."""
    points, ends = Counter(), {}
    rows = standing_rulings().filter(violation__engineer=engineer, at__gt=at - YEAR, at__lte=at, points__gt=0)
    for moment, count in rows.order_by("at").values_list("at", "points"):
        day = day_of(moment, zone)
        points[f"{day:%Y-%m}"] += count
        ends[f"{day:%Y-%m}"] = day_of(moment + YEAR, zone)
    return [(month, count, ends[month]) for month, count in sorted(points.items(), reverse=True)]


def earlier_rulings(violation):
    """Standing rulings of the twelve months before this breach was registered, newest first."""
    since = violation.registered_at - YEAR
    rows = standing_rulings().filter(violation__engineer=violation.engineer_id, at__gt=since, at__lte=violation.registered_at)
    return rows.exclude(violation=violation).select_related("violation__rule").order_by("-at")


def frame_of(violation):
    """The frame of this breach, by what went before it."""
    return frame(
        severity=violation.rule.severity,
        rule_code=violation.rule.code,
        is_contractor=violation.is_contractor,
        has_fee=violation.has_fee,
        points=points_before(violation.engineer, violation.registered_at),
    )


def barred_until(engineer):
    """The last day of every bar that stands, or None."""
    return standing_rulings().filter(violation__engineer=engineer).aggregate(last=Max("barred_until"))["last"]


def fee_cuts(origin, references, at):
    """{reference: (percent, violation, whether it is final)} of things of one kind whose fee a standing ruling cuts.

    Final is a cut that can no longer be appealed. Of two on one thing the larger counts, a final one before the other.
    """
    rows = standing_rulings().filter(violation__origin=origin, violation__reference__in=references, fee_cut__gt=0)
    found = {}
    for ruling in rows.select_related("violation"):
        violation = ruling.violation
        is_final = violation.state == S.SETTLED or (violation.state == S.RULED and violation.appeal_until < at)
        cut = (is_final, ruling.fee_cut, violation)
        if violation.reference not in found or cut[:2] > found[violation.reference][:2]:
            found[violation.reference] = cut
    return {reference: (percent, violation, is_final) for reference, (is_final, percent, violation) in found.items()}


def ruled_on_since(origin, moment):
    """The things of one kind that anything was ruled on since then."""
    rows = Ruling.objects.filter(at__gt=moment, violation__origin=origin)
    return set(rows.values_list("violation__reference", flat=True))

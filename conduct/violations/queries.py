import datetime
from collections import Counter

from django.db.models import Max, OuterRef, Q, Subquery, Sum

from conduct.base.days import day_of
from conduct.people.access import Permission, sees_all

from .frame import frame
from .models import Ruling, Violation
from .states import ViolationState

YEAR = datetime.timedelta(days=365)
TO_RULE = (ViolationState.RAISED, ViolationState.ANSWERED, ViolationState.APPEALED)


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
        mine |= Q(state=ViolationState.PROPOSED) & ~Q(engineer__staff=user)
    return rows.filter(mine, engineer__staff__is_active=True)


def waiting_for(user):
    """What this person has to do something about: rule, confirm, or answer."""
    states = Q(engineer__staff=user, state=ViolationState.RAISED)
    if user.may(Permission.RULE_VIOLATIONS):
        states |= Q(state__in=TO_RULE) & ~Q(engineer__staff=user)
    if user.may(Permission.RAISE_VIOLATIONS):
        states |= Q(state=ViolationState.PROPOSED)
    return violations_for(user).filter(states)


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
        is_final = violation.state == ViolationState.SETTLED or (
            violation.state == ViolationState.RULED and violation.appeal_until < at
        )
        cut = (is_final, ruling.fee_cut, violation)
        if violation.reference not in found or cut[:2] > found[violation.reference][:2]:
            found[violation.reference] = cut
    return {reference: (percent, violation, is_final) for reference, (is_final, percent, violation) in found.items()}


def ruled_on_since(origin, moment):
    """The things of one kind that anything was ruled on since then."""
    rows = Ruling.objects.filter(at__gt=moment, violation__origin=origin)
    return set(rows.values_list("violation__reference", flat=True))

from conduct.people.access import Permission
from conduct.violations.queries import violations_for
from visits.schedule.queries import visits_for

from .models import VisitViolation


def violations_of(visit, user):
    """The breaches on this visit that this person may know of, oldest first."""
    return violations_for(user).filter(visit_violation__visit=visit).order_by("registered_at", "pk")


def visits_to_judge(user):
    """Visits on which this person may register a breach: not one's own."""
    rows = visits_for(user).select_related("engineer__staff", "order__site", "order__customer", "edition")
    return rows.exclude(engineer__staff=user) if user.may(Permission.RAISE_VIOLATIONS) else rows.none()


def is_registered(visit, rule_code):
    return VisitViolation.objects.filter(visit=visit, rule_code=rule_code).exists()

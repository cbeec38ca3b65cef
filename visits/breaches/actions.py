import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.company.queries import company
from conduct.rules.models import Rule
from conduct.rules.states import Trait
from conduct.violations import actions as violations
from visits.schedule.states import VisitState

from .models import VisitViolation, Watch
from .queries import is_registered
from .sightings import Sighting, events_between, sightings

ORIGIN = "visit"
BEGUN = {VisitState.ON_SITE, VisitState.FINISHED, *VisitState.CLOSED}  # before the planned time, too
# Lines of the trail are written before they are committed: what was read lately is read again.
OVERLAP = datetime.timedelta(minutes=10)
AT_ONCE = 2_000  # lines of the trail beyond those
# The first look goes back that far, not to the beginning of the company.
FIRST = datetime.timedelta(days=1)


@transaction.atomic
def raise_for_visit(*, visit, rule, text, file=None, by, at):
    """Register a breach on a visit by its engineer, under the visit's own edition. Raises DomainError when it stands already."""
    if visit.planned_start > at and visit.state not in BEGUN:
        raise DomainError(_("This visit is still to come."))
    day = day_of(visit.planned_start, visit.order.site.time_zone)
    about = about_visit(visit, visit.engineer, day, at)
    violation = violations.raise_violation(engineer=visit.engineer, rule=rule, text=text, file=file, by=by, at=at, **about)
    VisitViolation.objects.create(visit=visit, violation=violation, rule_code=rule.code, is_seen=False)
    return violation


@transaction.atomic
def look(*, at):
    """Read the trail since the last look, and register what may be a breach, once a visit and rule. Returns how many.

    What the clock says is raised; where judgement is needed a person confirms it first.
    """
    watch, _new = Watch.objects.select_for_update().get_or_create(pk=1, defaults={"read_until": at - FIRST})
    again = events_between(watch.read_until - OVERLAP, watch.read_until)
    new = list(events_between(watch.read_until, at)[:AT_ONCE])
    count = sum(_keep(sighting, at) for event in [*again, *new] for sighting in sightings(event))
    watch.read_until = new[-1].at if len(new) == AT_ONCE else at
    watch.save()
    return count


@transaction.atomic
def propose_for_visit(*, visit, engineer, rule_code, sight, facts, at):
    """What another room saw about a visit: proposed once a visit and rule. Returns whether it was new."""
    day = day_of(visit.planned_start, visit.order.site.time_zone)
    return _keep(Sighting(visit, engineer, rule_code, sight, facts, day), at)


def _keep(sighting, at):
    """Register one sighting. Returns whether it was new."""
    visit = sighting.visit
    rule = Rule.objects.filter(edition=visit.edition_id, code=sighting.rule_code).first()
    if rule is None or is_registered(visit, rule.code):
        return False
    facts = about_visit(visit, sighting.engineer, sighting.happened_on, at) | {"sight": sighting.sight, "facts": sighting.facts}
    if sighting.is_sure:
        violation = violations.raise_violation(engineer=sighting.engineer, rule=rule, by=None, at=at, **facts)
    else:
        violation = violations.propose_violation(engineer=sighting.engineer, rule=rule, at=at, **facts)
    VisitViolation.objects.create(visit=visit, violation=violation, rule_code=rule.code, is_seen=True)
    return True


def about_visit(visit, engineer, day, at):
    """What a breach needs to know of the visit it happened on. A site far east of us may already have tomorrow.

    The visit's fee is its engineer's: who was there before the visit was given to somebody else has none that could be cut.
    """
    is_paid = engineer.pk == visit.engineer_id
    facts = {"origin": ORIGIN, "reference": visit.number, "url": visit.get_absolute_url(), "has_fee": is_paid}
    then = {"is_contractor": Trait.OUTSTATION in visit.traits} if is_paid else {}
    return facts | then | {"happened_on": min(day, day_of(at, company().time_zone))}

"""Counting everything anew from the visits themselves, for an installation whose counters are older than the ledger.

Nobody may work meanwhile. What closed months froze stays.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Exists, OuterRef

from conduct.tally.actions import rebuild
from conduct.tally.grains import counters
from conduct.trail.models import Event
from visits.delivery import actions as delivery
from visits.followup import counting as followup
from visits.followup.models import FollowUp
from visits.followup.states import FollowUpState
from visits.schedule.models import Visit
from visits.schedule.moving import where
from visits.schedule.states import VisitState
from visits.signoff import counting as signoff
from visits.signoff.models import SignOff

SCORES = ("punctuality", "skill", "manner", "result")


@transaction.atomic
def recount():
    """Work out what every visit contributes and rebuild all sums. Returns how many visits there were."""
    visits = Visit.objects.select_related("order__site", "order__customer", "engineer")
    for visit in visits.filter(record__closed_at__isnull=False).order_by("record__closed_at").iterator(chunk_size=500):
        signoff.closed(visit=visit)
    for visit in visits.filter(Exists(SignOff.objects.filter(visit=OuterRef("pk")))).iterator(chunk_size=500):
        delivery.count_first_receipt(visit=visit)
    for call in FollowUp.objects.filter(state=FollowUpState.REACHED).iterator(chunk_size=500):
        scores = {name: getattr(call, name) for name in SCORES}
        followup.reached(visit=visits.get(pk=call.visit_id), scores=scores, discrepancies=call.discrepancies)
    states, number = Counter(), 0
    told = set(Event.objects.filter(verb="visit.cancelled").values_list("subject", flat=True))
    for visit in visits.iterator(chunk_size=2000):
        number += 1
        if visit.state != VisitState.CANCELLED or visit.number in told:
            day = where(visit)
            for *key, value in counters(day.pop("day"), {"visits": 1, f"state.{visit.state}": 1}, day):
                states[tuple(key)] += value
    rebuild(besides=states)
    return number

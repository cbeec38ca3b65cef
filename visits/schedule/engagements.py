"""Where engineers are expected: what the attendance sheet and a request for leave show of visits."""

from conduct.attendance.engagements import Engagement

from .models import Visit
from .states import VisitState

COUNTED = VisitState.BOOKED | VisitState.CLOSED | {VisitState.FINISHED.value}


def visits_between(*, staff_ids, start, end):
    visits = Visit.objects.filter(
        engineer__staff__in=staff_ids, state__in=COUNTED, planned_start__lt=end, planned_end__gt=start
    ).select_related("order__customer", "engineer")
    return [
        Engagement(
            visit.engineer.staff_id,
            visit.planned_start,
            visit.planned_end,
            f"{visit.number} {visit.order.customer}",
            visit.get_absolute_url(),
            visit.state in VisitState.BOOKED,
        )
        for visit in visits
    ]

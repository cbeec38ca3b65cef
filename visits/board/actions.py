from django.db import transaction

from conduct.trail import actions as trail
from visits.schedule.models import Capacity


@transaction.atomic
def set_capacity(*, engineer, minutes, by, at):
    """How many minutes a day an engineer can be on visits: 0 for none at all, None for the company's usual hours."""
    before = Capacity.objects.filter(engineer=engineer).values_list("minutes", flat=True).first()
    if before == minutes:
        return
    if minutes is None:
        Capacity.objects.filter(engineer=engineer).delete()
    else:
        Capacity.objects.update_or_create(engineer=engineer, defaults={"minutes": minutes})
    trail.note(verb="capacity.changed", subject=engineer, by=by, at=at, minutes=minutes)

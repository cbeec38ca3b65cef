from django.db import transaction

from conduct.trail import actions as trail

from .models import TravelTime


@transaction.atomic
def save(*, origin, destination, minutes, both_ways=False, by, at):
    """Enter or change how long a way takes; `both_ways` does the same for the way back."""
    for pair in [(origin, destination), (destination, origin)][: 1 + both_ways]:
        row, new = _keep(*pair, minutes)
        trail.note(verb="travel_time.changed", subject=row, by=by, at=at, about=f"{row}", minutes=minutes)


@transaction.atomic
def remove(*, travel_time, by, at):
    trail.note(verb="travel_time.removed", subject=travel_time, by=by, at=at, about=f"{travel_time}")
    travel_time.delete()


@transaction.atomic
def take_over(*, rows, by, at):
    """Enter every (origin, destination, minutes) of a spreadsheet; others stay. Returns (how many are new, how many changed)."""
    known = {(row.origin, row.destination): row for row in TravelTime.objects.all()}
    new, changed = [], []
    for origin, destination, minutes in rows:
        row = known.get((origin, destination))
        if row is None:
            new.append(TravelTime(origin=origin, destination=destination, minutes=minutes))
        elif row.minutes != minutes:
            row.minutes = minutes
            changed.append(row)
    TravelTime.objects.bulk_create(new, batch_size=500)
    TravelTime.objects.bulk_update(changed, ["minutes"], batch_size=200)
    if new or changed:
        subject = new[0] if new else changed[0]
        trail.note(verb="travel_times.imported", subject=subject, by=by, at=at, added=len(new), changed=len(changed))
    return len(new), len(changed)


def _keep(origin, destination, minutes):
    return TravelTime.objects.update_or_create(origin=origin, destination=destination, defaults={"minutes": minutes})

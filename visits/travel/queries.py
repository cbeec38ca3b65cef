from conduct.people.access import Permission, sees_all

from .models import TravelTime
from .times import Travel


def travel():
    """The whole table; it has as many rows as there are pairs of cities that somebody entered."""
    rows = TravelTime.objects.values_list("origin", "destination", "minutes")
    return Travel({(origin, destination): minutes for origin, destination, minutes in rows})


def travel_times_for(user):
    return TravelTime.objects.all() if sees_all(user, Permission.PLAN_VISITS) else TravelTime.objects.none()

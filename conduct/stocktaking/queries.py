from collections import defaultdict

from django.db.models import Count

from conduct.people.access import Permission
from conduct.stock.models import Movement

from .models import DIFFERS, CountLine, Stocktaking
from .states import StocktakingState

ORIGIN = "stocktaking"


def stocktakings_for(user):
    if not user.may(Permission.SEE_STOCK):
        return Stocktaking.objects.none()
    return Stocktaking.objects.select_related("place", "begun_by", "closed_by", "ended_by")


def open_at(places):
    """The stock-takings that are not booked or cancelled, of these places."""
    return Stocktaking.objects.filter(place__in=places, state__in=StocktakingState.OPEN).select_related("place", "begun_by")


def lines_of(stocktaking):
    return CountLine.objects.filter(stocktaking=stocktaking).select_related("item", "counted_by").order_by("item__name", "pk")


def with_entries(lines):
    """Lines with everything that was counted of them: `entries` in order."""
    return lines.prefetch_related("entries__by")


def uncounted(stocktaking):
    return lines_of(stocktaking).filter(quantity=None)


def differences(stocktaking):
    """The lines that differ from the books. None before the counting has ended."""
    return lines_of(stocktaking).filter(DIFFERS, book__isnull=False)


def counted_a_difference(user, stocktaking):
    """Did this person count a line that differs? Then somebody else books."""
    return differences(stocktaking).filter(counted_by=user).exists()


def how_far(stocktaking):
    """(counted, all): how many lines."""
    return tuple(stocktaking.lines.aggregate(counted=Count("quantity"), all=Count("pk")).values())


def counters_of(stocktaking):
    """Who counted, by name, each once."""
    names = stocktaking.lines.exclude(counted_by=None).order_by("counted_by__name").values_list("counted_by__name", flat=True)
    return list(names.distinct())


def moved_meanwhile(stocktaking):
    """Movements at the place since the counting began, oldest first, without the slips of the stock-taking itself."""
    since = Movement.objects.filter(place=stocktaking.place, slip__at__gt=stocktaking.begun_at)
    own = {"slip__origin": ORIGIN, "slip__reference": stocktaking.number}
    until = {"slip__at__lte": stocktaking.ended_at} if stocktaking.ended_at else {}
    return since.filter(**until).exclude(**own).select_related("slip", "item").order_by("pk")


def by_item(movements):
    """{item's key: [movement, …]}"""
    found = defaultdict(list)
    for movement in movements:
        found[movement.item_id].append(movement)
    return found

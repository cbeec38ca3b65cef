from django.db.models import F, OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce

from conduct.people.access import Permission

from .models import Item, Level, Movement, Place, StockSlip


def places_in_use():
    return Place.objects.filter(is_active=True).order_by("name")


def items_for(user):
    return Item.objects.all() if user.may(Permission.SEE_STOCK) else Item.objects.none()


def items_in_use():
    return Item.objects.filter(is_active=True).order_by("name", "pk")


def slips_for(user):
    if not user.may(Permission.SEE_STOCK):
        return StockSlip.objects.none()
    return StockSlip.objects.select_related("taken_from", "put_to", "by")


def with_levels(items):
    """Items, each with `here` (how many can be handed out) and `held`: its levels that are not zero."""
    usable = Level.objects.filter(item=OuterRef("pk"), place__holds_broken=False).order_by()
    total = Subquery(usable.values("item").annotate(total=Sum("quantity")).values("total"))
    held = Prefetch("levels", Level.objects.exclude(quantity=0).select_related("place").order_by("place__name"), to_attr="held")
    return items.annotate(here=Coalesce(total, 0)).prefetch_related(held)


def too_few(items):
    """Of items `with_levels`, those that have fewer to hand out than their minimum."""
    return items.filter(here__lt=F("minimum"))


def levels_at(place):
    """{item's key: quantity} of one place."""
    return dict(Level.objects.filter(place=place).values_list("item_id", "quantity"))


def quantity_of(item, place):
    return Level.objects.filter(item=item, place=place).values_list("quantity", flat=True).first() or 0


def slip_page(slips):
    """Slips with what one slip's page shows."""
    lines = Prefetch("movements", Movement.objects.select_related("item", "place"))
    return slips.select_related("reverses", "reversed_by").prefetch_related(lines)


def lines_of(slip):
    """[(item, quantity, price, note), …]: what stands on the paper, each line once although it may touch two places."""
    found = {}
    for movement in slip.movements.all():
        found.setdefault(movement.position, (movement.item, abs(movement.quantity), movement.price, movement.note))
    return [found[position] for position in sorted(found)]


def movements_of(item):
    return item.movements.select_related("slip", "place")


def slips_about(*, origin, reference):
    """The slips of one thing, such as a ticket, oldest first."""
    return StockSlip.objects.filter(origin=origin, reference=reference).order_by("at", "number")

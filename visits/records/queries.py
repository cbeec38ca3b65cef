from django.db.models import Q

from conduct.checklists.queries import blocking
from visits.schedule.models import Visit
from visits.schedule.queries import visit_page

from .models import Record
from .projection import unsettled_items


def visits_of_engineer(user):
    """The visits whose record this person may fill: one's own, from confirmation on."""
    return visit_page(user).filter(engineer__staff=user).exclude(record_number=None)


def visits_ever_of(user):
    """The visits whose record this person may fill or once might: what was made on the road is taken in, whatever changed."""
    had = Q(engineer__staff=user) | Q(plan_versions__engineer__staff=user)
    visits = Visit.objects.filter(had).exclude(record_number=None).distinct()
    return visits.select_related("order__customer", "order__site", "order__contact", "engineer__staff", "edition")


def record_of(visit):
    """The record of a visit; an empty one, not saved, before the first entry."""
    return Record.objects.filter(visit=visit).first() or Record(visit=visit)


def positions_of(visit):
    return list(visit.scope.order_by("position").values_list("position", flat=True))


def lacking_before_sign(visit):
    """(scope positions not settled, rules not answered): both empty when the customer may sign."""
    facts = record_of(visit).facts
    linked = getattr(visit, "visit_checklist", None)
    rules = blocking(linked.checklist, "sign") if linked else []
    return unsettled_items(facts, positions_of(visit)), rules

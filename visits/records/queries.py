from conduct.checklists.queries import blocking
from visits.schedule.queries import visit_page

from .models import Record
from .projection import unsettled_items


def visits_of_engineer(user):
    """The visits whose record this person may fill: one's own, from confirmation on."""
    return visit_page(user).filter(engineer__staff=user).exclude(record_number=None)


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

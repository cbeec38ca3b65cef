"""What another program can be told of. Each is a line of the trail with the same code, written by the action that does it."""

from conduct.systems.states import Scope
from conduct.trail.words import VERBS

# {code: the scope that a system needs to hear of it}
EVENTS = {
    "order.raised": Scope.ORDERS_READ, "order.changed": Scope.ORDERS_READ, "order.item_added": Scope.ORDERS_READ,
    "order.closed": Scope.ORDERS_READ, "order.opened": Scope.ORDERS_READ, "order.cancelled": Scope.ORDERS_READ,
    "order.postponed": Scope.ORDERS_READ, "order.postponement_accepted": Scope.ORDERS_READ,
    "order.postponement_refused": Scope.ORDERS_READ, "order.postponement_withdrawn": Scope.ORDERS_READ,
    "visit.proposed": Scope.VISITS_READ, "visit.confirmed": Scope.VISITS_READ, "visit.declined": Scope.VISITS_READ,
    "visit.countered": Scope.VISITS_READ, "visit.counter_accepted": Scope.VISITS_READ, "visit.cancelled": Scope.VISITS_READ, "visit.missed": Scope.VISITS_READ,
    "visit.arrived": Scope.VISITS_READ, "visit.finished": Scope.VISITS_READ, "visit.signed": Scope.VISITS_READ,
    "visit.refused": Scope.VISITS_READ, "visit.corrected": Scope.VISITS_READ, "visit.archived": Scope.VISITS_READ,
    "paper.sealed": Scope.PAPERS_READ,
}  # fmt: skip


def choices_of(system):
    """[(code, words)] of the events that a system's scopes let it hear of."""
    return [(code, VERBS[code]) for code, scope in EVENTS.items() if scope in system.scopes]

"""What a slip does to the quantities. Pure: things are whatever has a key."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """One line of a slip: so many of an item; `price` is for one of them, in yuan."""

    item: object
    quantity: int
    price: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One change at one place; `quantity` is below zero for what leaves."""

    position: int
    item: object
    place: object
    quantity: int
    price: Decimal | None = None
    note: str = ""


def steps_of(lines, taken_from=None, put_to=None):
    """The steps of a slip's lines, numbered from 1: out of one place, into another, or both."""
    steps = []
    for position, line in enumerate(lines, 1):
        for place, sign in ((taken_from, -1), (put_to, 1)):
            if place is not None:
                steps.append(Step(position, line.item, place, sign * line.quantity, line.price, line.note))
    return steps


def opposite(steps):
    """The steps that undo `steps`."""
    return [Step(step.position, step.item, step.place, -step.quantity, step.price, step.note) for step in steps]


def net(steps):
    """[((item, place), change), …] by their keys: always the same order, so that two slips never wait for each other in a ring."""
    changes = Counter()
    for step in steps:
        changes[step.item, step.place] += step.quantity
    return sorted(changes.items(), key=lambda change: (change[0][0].pk, change[0][1].pk))

"""Is this the same matter told twice? Pure: no ORM, no clock."""

import re
import unicodedata
from dataclasses import dataclass, field

SAME_WORDS = 0.6  # alike enough by the words alone
SAME_THING = 0.3  # alike enough when the same equipment is named
NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Told:
    """What an order says. `equipment` are ids, `symptom` a code or empty, `text` the fault and the scope."""

    text: str
    equipment: frozenset = field(default_factory=frozenset)
    symptom: str = ""


def alike(one, other):
    """Two orders of one site are likely the same matter: the same equipment with the same symptom, or much the same words."""
    shared = bool(one.equipment & other.equipment)
    if shared and one.symptom and one.symptom == other.symptom:
        return True
    return likeness(one.text, other.text) >= (SAME_THING if shared else SAME_WORDS)


def likeness(one, other):
    """0 to 1: how many pairs of neighbouring letters two texts share (Dice's coefficient), whatever their order."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(text):
    plain = NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}

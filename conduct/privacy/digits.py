"""Reads digits however they are written: full-width, circled, as Chinese numerals, as English words, split by signs. Pure.

`read` gives a plain text of the same meaning and, for each of its characters, where it came from, so that a finding in
the plain text can be shown in the original.
"""

import re
import unicodedata
from dataclasses import dataclass

from .patterns import DICTATED, DIGITS, ENGLISH, PATTERNS

WORDS = re.compile(PATTERNS["words"], re.IGNORECASE)
NUMERALS = re.compile(PATTERNS["numerals"])
DIGIT = re.compile("[0-9]")
SPOKEN = re.compile(f"{DIGIT.pattern}|{NUMERALS.pattern}")
# Within how many signs of a group of numerals the next one of the same number stands.
NEAR = 3


@dataclass(frozen=True)
class Reading:
    """`text` is what the original says; `places[i]` is where its character i begins in the original."""

    text: str
    places: tuple

    def span(self, start, end):
        """Where the part [start, end) of the reading stands in the original."""
        return self.places[start], self.places[end]


def read(original):
    """The Reading of a text."""
    return _english(_chinese(_plain(original)))


def _plain(original):
    """One sign each: full-width and circled digits plain, invisible signs gone."""
    signs, places = [], []
    for place, sign in enumerate(original):
        if unicodedata.category(sign) == "Cf":
            continue
        for plain in unicodedata.normalize("NFKC", sign):
            signs.append(plain)
            places.append(place)
    return Reading("".join(signs), (*places, len(original)))


def _chinese(reading):
    """Dictated Chinese numerals as digits: long runs, and such that stand within a number ("138 零零幺二 5566", "一三八，零零幺二", "13八")."""
    signs = list(reading.text)
    for run in NUMERALS.finditer(reading.text):
        if run.end() - run.start() >= DICTATED or _within_a_number(reading.text, run.start(), run.end()):
            for place in range(run.start(), run.end()):
                signs[place] = DIGITS[signs[place]]
    return Reading("".join(signs), reading.places)


def _within_a_number(text, start, end):
    if end - start < 3:
        return bool(DIGIT.match(text[max(start - 1, 0) : start]) or DIGIT.match(text[end : end + 1]))
    return bool(SPOKEN.search(text[max(start - NEAR, 0) : start]) or SPOKEN.search(text[end : end + NEAR]))


def _english(reading):
    """English digit words as digits; "double three" is two of them."""
    signs, places, last = [], [], 0
    for word in WORDS.finditer(reading.text):
        signs.append(reading.text[last : word.start()])
        places += reading.places[last : word.start()]
        parts = re.split(r"[\s-]+", word[0].lower())
        digits = ENGLISH[parts[-1]] * {"double": 2, "triple": 3}.get(parts[0], 1)
        signs.append(digits)
        places += [reading.places[word.start()]] * len(digits)
        last = word.end()
    signs.append(reading.text[last:])
    return Reading("".join(signs), (*places, *reading.places[last:]))

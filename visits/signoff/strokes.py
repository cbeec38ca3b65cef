"""A signature's strokes: points with time and pressure, as the pad gave them. Pure."""

import hashlib

import rfc8785
from django.utils.translation import gettext as _

MAX_POINTS = 20_000
SHORTEST = 40


def clean(sent):
    """{"width", "height", "strokes": [[[x, y, t, pressure], …], …]} in whole numbers, or ValueError in words.

    x and y are pixels of the pad, t milliseconds since the first point, pressure 0 to 1000. A single click or a dot is
    no signature: together the strokes have to be at least 40 pixels long.
    """
    try:
        width, height = int(sent["width"]), int(sent["height"])
        strokes = [[[int(round(number)) for number in point[:4]] for point in stroke] for stroke in sent["strokes"]]
    except (TypeError, KeyError, ValueError) as error:
        raise ValueError(_("The signature did not arrive whole. Please sign again.")) from error
    if not (0 < width <= 8000 and 0 < height <= 8000) or any(len(point) != 4 for stroke in strokes for point in stroke):
        raise ValueError(_("The signature did not arrive whole. Please sign again."))
    if sum(map(len, strokes)) > MAX_POINTS:
        raise ValueError(_("The signature has too many points. Please sign again."))
    if length(strokes) < SHORTEST:
        raise ValueError(_("Please sign with your name; a dot is not enough."))
    return {"width": width, "height": height, "strokes": strokes}


def length(strokes):
    """How far the pen went, in pixels."""
    return sum(
        ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for stroke in strokes for a, b in zip(stroke, stroke[1:], strict=False)
    )


def digest(strokes):
    return hashlib.sha256(rfc8785.dumps(strokes)).hexdigest()

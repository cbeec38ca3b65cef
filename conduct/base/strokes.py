"""A signature's strokes: points with time and pressure, as the pad gave them. Pure."""

import base64
import hashlib
import re

import rfc8785
from django.utils.translation import gettext as _

MAX_POINTS = 20_000
SHORTEST = 40
FARTHEST = 10**9  # of a whole number: a pad's pixels and a day's milliseconds are far below
# Strokes as a short text, without time and pressure: width and height of the pad, then each stroke as its first point and the steps
# from point to point, "300 120 M12 34 3 -2 4 0 M50 60 1 1".
PACKED = re.compile(r"\d{1,4} \d{1,4}(?: M\d{1,4} \d{1,4}(?: -?\d{1,4} -?\d{1,4})+)+", re.ASCII)


def clean(sent):
    """{"width", "height", "strokes": [[[x, y, t, pressure], …], …]} in whole numbers, or ValueError in words.

    x and y are pixels of the pad, t milliseconds since the first point, pressure 0 to 1000. A single click or a dot is
    no signature: together the strokes have to be at least 40 pixels long.
    """
    try:
        width, height = int(sent["width"]), int(sent["height"])
        strokes = [[[int(round(number)) for number in point[:4]] for point in stroke] for stroke in sent["strokes"]]
    except (TypeError, KeyError, ValueError, OverflowError) as error:
        raise ValueError(_("The signature did not arrive whole. Please sign again.")) from error
    if not (0 < width <= 8000 and 0 < height <= 8000) or any(map(_is_no_point, (point for stroke in strokes for point in stroke))):
        raise ValueError(_("The signature did not arrive whole. Please sign again."))
    if sum(map(len, strokes)) > MAX_POINTS:
        raise ValueError(_("The signature has too many points. Please sign again."))
    if length(strokes) < SHORTEST:
        raise ValueError(_("Please sign with your name; a dot is not enough."))
    return {"width": width, "height": height, "strokes": strokes}


def _is_no_point(point):
    return len(point) != 4 or max(map(abs, point)) > FARTHEST


def length(strokes):
    """How far the pen went, in pixels."""
    return sum(
        ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for stroke in strokes for a, b in zip(stroke, stroke[1:], strict=False)
    )


def way(packed):
    """How far the pen went in PACKED strokes, in pixels across and down."""
    return sum(abs(int(step)) for stroke in packed.split(" M")[1:] for step in stroke.split(" ")[2:])


def unpacked(packed):
    """{"width", "height", "strokes"} of PACKED strokes, in the shape that `clean` gives."""
    size, *parts = packed.split(" M")
    width, height = map(int, size.split(" "))
    strokes = []
    for part in parts:
        x, y, *steps = map(int, part.split(" "))
        stroke = [[x, y, 0, 500]]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            stroke.append([x, y, 0, 500])
        strokes.append(stroke)
    return {"width": width, "height": height, "strokes": strokes}


def digest(strokes):
    return hashlib.sha256(rfc8785.dumps(strokes)).hexdigest()


def data_url(data, content_type):
    return f"data:{content_type};base64,{base64.b64encode(data).decode()}"


def signature_svg(strokes, *, pen=2.6):
    """The strokes as one compact path, cropped to the ink. Points closer than a pixel are left out of the picture only."""
    paths, xs, ys = [], [], []
    for stroke in strokes["strokes"]:
        points = [stroke[0]] + [b for a, b in zip(stroke, stroke[1:], strict=False) if abs(b[0] - a[0]) + abs(b[1] - a[1]) >= 1]
        xs += [point[0] for point in points]
        ys += [point[1] for point in points]
        x, y = points[0][:2]
        steps = []
        for point in points[1:] or [points[0]]:
            steps.append(f"{point[0] - x} {point[1] - y}")
            x, y = point[:2]
        paths.append(f"M{points[0][0]} {points[0][1]}l" + " ".join(steps))
    left, top = min(xs) - 4, min(ys) - 4
    width, height = max(xs) - left + 4, max(ys) - top + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" width="{width}" height="{height}">'
        f'<path d="{"".join(paths)}" fill="none" stroke="#000" stroke-width="{pen}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def signature_url(strokes):
    return data_url(signature_svg(strokes).encode(), "image/svg+xml")

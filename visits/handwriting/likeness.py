"""How alike two signatures are, by the way of the pen. Pure.

A signature becomes 48 points, evenly spread along its ink, about its middle and in its own size. Two of them are laid over each
other with a little slack along the way (dynamic time warping in a narrow band), because nobody writes twice at the same speed.
It is a hint for people and no proof: benchmarks/handwriting.py says how often it is right on generated handwriting.
"""

from math import hypot

POINTS, BAND, UNIT = 48, 4, 1000
# From this likeness on, in percent, a hint is shown.
HINT_FROM = 70


def shape(strokes):
    """[[x, y], …] in thousandths of the signature's own size, or None for one without any way of the pen."""
    way = [point[:2] for stroke in strokes["strokes"] for point in stroke]
    spread = _resampled(way)
    if spread is None:
        return None
    x0, y0 = (sum(axis) / POINTS for axis in zip(*spread, strict=True))
    size = (sum((x - x0) ** 2 + (y - y0) ** 2 for x, y in spread) / POINTS) ** 0.5
    return [[round((x - x0) / size * UNIT), round((y - y0) / size * UNIT)] for x, y in spread] if size else None


def likeness(one, other):
    """0 to 100: 100 for the same way of the pen. The mean gap of half the size of a signature counts as nothing alike."""
    gap = _warped(one, other) / (POINTS * UNIT)
    return max(0, round(100 * (1 - gap / 0.5)))


def _resampled(way):
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(way, way[1:], strict=False)]
    total = sum(lengths)
    if not total:
        return None
    points, walked, place = [], 0.0, 0
    for number in range(POINTS):
        goal = total * number / (POINTS - 1)
        while place < len(lengths) - 1 and walked + lengths[place] < goal:
            walked += lengths[place]
            place += 1
        part = (goal - walked) / lengths[place] if lengths[place] else 0
        a, b = way[place], way[place + 1]
        points.append((a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part))
    return points


def _warped(one, other):
    """The smallest sum of gaps of a walk through both at once, at most BAND points apart."""
    far = float("inf")
    before = [0.0] + [far] * POINTS
    for i, (x, y) in enumerate(one, 1):
        row = [far] * (POINTS + 1)
        for j in range(max(1, i - BAND), min(POINTS, i + BAND) + 1):
            gap = hypot(x - other[j - 1][0], y - other[j - 1][1])
            row[j] = gap + min(before[j], before[j - 1], row[j - 1])
        before = row
    return before[POINTS]

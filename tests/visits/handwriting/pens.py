"""Generated handwriting: loops that belong to a writer, and the wobble that every time of writing adds."""

import io
import math
import random

from PIL import Image


def writer(seed):
    rng = random.Random(seed)
    return [
        (rng.uniform(0.6, 2.4), rng.uniform(0.6, 2.4), rng.uniform(0, 6.3), rng.uniform(20, 40), rng.uniform(20, 45))
        for _letter in range(3)
    ]


def written(letters, seed, *, size=1.0, wobble=1.5):
    """The strokes of one signature, in the pad's form."""
    rng, strokes, left = random.Random(seed), [], 40.0
    for a, b, c, wide, high in letters:
        bent = [value * rng.uniform(0.97, 1.03) for value in (a, b, wide, high)]
        strokes.append(
            [
                [
                    round(size * (left + bent[2] * math.sin(bent[0] * n / 5 + c)) + rng.gauss(0, wobble)),
                    round(size * (105 + bent[3] * math.sin(bent[1] * n / 5)) + rng.gauss(0, wobble)),
                    n * 12,
                    500,
                ]
                for n in range(34)
            ]
        )
        left += 78 * rng.uniform(0.95, 1.05)
    return {"width": 620, "height": 224, "strokes": strokes}


def picture():
    """A sheet of paper, as PNG bytes."""
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "PNG")
    return out.getvalue()

"""How often the likeness of signatures is right, on generated handwriting: 400 writers, each writing twice.

python benchmarks/handwriting.py   prints hints among pairs of one writer (goal: many) and of two writers (goal: few), and the time
of one comparison with 200 earlier signatures.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.visits.handwriting.pens import writer, written
from visits.handwriting.likeness import HINT_FROM, likeness, shape

WRITERS = 400


def main():
    rng = random.Random(1)
    first = [shape(written(writer(n), f"a{n}")) for n in range(WRITERS)]
    again = [shape(written(writer(n), f"b{n}")) for n in range(WRITERS)]
    same = sum(likeness(one, two) >= HINT_FROM for one, two in zip(first, again, strict=True))
    pairs = [rng.sample(range(WRITERS), 2) for _pair in range(4000)]
    strange = sum(likeness(first[one], again[two]) >= HINT_FROM for one, two in pairs)
    begun = time.process_time()
    for other in (first * 1)[:200]:
        likeness(again[0], other)
    spent = time.process_time() - begun
    print(
        f"one writer twice: hint in {same} of {WRITERS} ({same / WRITERS:.1%}); two writers: in {strange} of {len(pairs)} ({strange / len(pairs):.2%})"
    )
    print(f"one signature against 200: {spent * 1000:.0f} ms CPU")


if __name__ == "__main__":
    main()

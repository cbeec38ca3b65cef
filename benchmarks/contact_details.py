"""How well private contact details are found: recall and precision on 2,000 sentences that were written for it.

    python benchmarks/contact_details.py [--wrong]

`contact_details.tsv` holds a sentence a line with 1 when it gives somebody's private contact away, else 0. Limits: recall at
least 0.98, precision at least 0.95. `--wrong` prints what was judged wrongly.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from conduct.privacy.detect import find

# What the company of these sentences allows: its hotline, fax and mailbox, and the customer's own numbers.
ALLOWED = ["400-820-5566", "025-20002002", "service@yuanjing.example", "025-84421234", "13900001111", "it@school.example"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    rows = [(line[0] == "1", line[2:]) for line in lines]
    started = time.perf_counter()
    said = [bool(find(text, ALLOWED)) for _is, text in rows]
    took = time.perf_counter() - started
    hits = sum(1 for (is_one, _text), found in zip(rows, said, strict=True) if is_one and found)
    recall, precision = hits / sum(is_one for is_one, _text in rows), hits / max(sum(said), 1)
    print(f"sentences {len(rows)}  recall {recall:.4f} (limit 0.98)  precision {precision:.4f} (limit 0.95)")
    print(f"{took / len(rows) * 1e6:.0f} µs a sentence")
    if options.wrong:
        for (is_one, text), found in zip(rows, said, strict=True):
            if is_one != found:
                print("missed  " if is_one else "too much", text)


if __name__ == "__main__":
    main()

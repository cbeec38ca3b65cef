"""What a slip contributes to the month. Pure."""

from collections import defaultdict

MEASURES = {
    "in": "stock.in", "out": "stock.out", "damaged": "stock.damaged", "bought": "stock.bought", "scrapped": "stock.scrapped",
    "swapped": "stock.replaced", "short": "stock.short", "surplus": "stock.surplus",
}  # fmt: skip


def measures_by_category(kind, lines, sign=1):
    """{category: {measure: whole number}} of a slip of this kind; `sign` -1 for the slip that reverses it. Money in fen."""
    found = defaultdict(lambda: defaultdict(int))
    measure = MEASURES.get(kind)
    for line in lines if measure else ():
        found[line.item.category][measure] += sign * line.quantity
        if kind == "bought" and line.price is not None:
            found[line.item.category]["stock.bought_fen"] += sign * int(line.price * 100) * line.quantity
    return {category: dict(measures) for category, measures in found.items()}

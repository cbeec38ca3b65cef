"""What was carried into a machine room, what came out again, what was borrowed. Pure; static/js/rules/items.js counts the same."""

COUNTS = {"in": (1, 0), "out": (-1, 0), "stays": (-1, 0), "borrowed": (0, 1), "returned": (0, -1), "removed": (0, 0)}


def uneven(rows):
    """[(name, carried in and not accounted for, borrowed and not given back), …] in the order in which the things were first named.

    `rows` are the room_item entries of the record; a negative number is more out than in.
    """
    counts = {}
    for row in rows:
        inside, borrowed = counts.get(row["name"], (0, 0))
        carried, lent = COUNTS[row["direction"]]
        counts[row["name"]] = (inside + carried * row["quantity"], borrowed + lent * row["quantity"])
    return [(name, inside, borrowed) for name, (inside, borrowed) in counts.items() if inside or borrowed]

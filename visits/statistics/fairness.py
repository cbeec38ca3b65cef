"""How evenly a load lies on people. Pure."""


def unevenness(loads):
    """The Gini coefficient of some loads: 0 when all carry the same, towards 1 when one carries everything.

    None for fewer than two people or when nobody carries anything.
    """
    ordered, total = sorted(loads), sum(loads)
    if len(ordered) < 2 or total <= 0:
        return None
    weighted = sum(place * load for place, load in enumerate(ordered, 1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def heaviest(loads):
    """(key, how many times the mean) of who carries most of {key: load}, or None."""
    total = sum(loads.values())
    if len(loads) < 2 or total <= 0:
        return None
    key = max(sorted(loads), key=loads.get)
    return key, loads[key] * len(loads) / total

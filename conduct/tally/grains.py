"""How finely a counter counts, and by what. Pure."""

DAY, MONTH = "d", "m"
# The same two as they stood when the month was closed.
CLOSED_DAY, CLOSED_MONTH = "D", "M"
CLOSED = {DAY: CLOSED_DAY, MONTH: CLOSED_MONTH}

DIMENSIONS = ("engineer", "person", "customer", "site", "department", "quadrant", "category")
LONGEST = 30


def counters(day, measures, dimensions, sign=1):
    """[(grain, first day, dimension, key, measure, value), …] that `measures` of one thing add to: the day, its month, and
    its month by each dimension.

    Raises ValueError for a dimension that nobody knows and for a measure's name of more than 30 characters.
    """
    if unknown := set(dimensions) - set(DIMENSIONS):
        raise ValueError(f"unknown dimensions: {sorted(unknown)}")
    if long := [name for name in measures if len(name) > LONGEST]:
        raise ValueError(f"measures of more than {LONGEST} characters: {long}")
    first = day.replace(day=1)
    places = [(DAY, day, "", ""), (MONTH, first, "", "")]
    places += [(MONTH, first, name, str(key)) for name, key in dimensions.items() if key]
    return [(*place, measure, sign * value) for place in places for measure, value in measures.items() if value]

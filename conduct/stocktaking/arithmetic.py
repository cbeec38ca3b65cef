"""What the books said at the moment of counting. Pure."""


def book_at(level, steps, moment):
    """The quantity in the books at `moment`: what they say now less everything that moved later.

    `steps` are (moment, quantity) of every movement since then, in any order. A step at that very moment had happened.
    """
    return level - sum(quantity for at, quantity in steps if at > moment)

"""Who leads whom. Pure: people are whatever can be compared."""


def ring(person, leader_of):
    """The people of the ring that `person` would stand in, beginning with the person; empty when the line ends at the top.

    `leader_of` is {person: line manager or None}; who is not in it leads the line's end.
    """
    line, above = [person], leader_of.get(person)
    while above is not None and above not in line:
        line.append(above)
        above = leader_of.get(above)
    return line if above == person else []

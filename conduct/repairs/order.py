"""The one right order of the queue, and what a deadline looks like from now. Pure: no rows, no clock."""

import datetime

QUADRANTS = ("iu", "in", "nu", "nn")
DRIFTED_TO = {"in": "iu", "nn": "nu"}
SECONDS = 10**11  # more than any Unix time until the year 5138, so that the class always decides first
WAITING_CLASS = 9


def class_of(*, quadrant, is_teaching, teaching_over_all, has_drifted=False, is_paused=False):
    """0 (first) to 9 (last): teaching equipment and quadrant; a ticket that only waits for others comes last.

    Without a quadrant (not sorted yet) teaching equipment comes first and nothing else counts. A ticket that became
    urgent by waiting ranks as the urgent quadrant of the same importance.
    """
    if is_paused:
        return WAITING_CLASS
    if not quadrant:
        return 0 if is_teaching else 1
    place = QUADRANTS.index(DRIFTED_TO.get(quadrant, quadrant) if has_drifted else quadrant)
    if teaching_over_all:
        return place + (0 if is_teaching else len(QUADRANTS))
    return 2 * place + (0 if is_teaching else 1)


def queue_key(queue_class, moment):
    """A number whose order is the queue's: first the class, then the moment (the deadline, or the report before one)."""
    return queue_class * SECONDS + int(moment.timestamp())


def mood(*, soon_at, due_at, at):
    """How a card looks: "calm", "near" (most of the working time is used), "over" (the deadline has passed), "none" before one."""
    if due_at is None:
        return "none"
    return "over" if at >= due_at else "near" if at >= soon_at else "calm"


def moments(*, soon_at, due_at, late_hours):
    """{step: moment} at which somebody is told of one deadline; empty without a deadline."""
    if due_at is None:
        return {}
    return {"soon": soon_at, "due": due_at, "late": due_at + datetime.timedelta(hours=late_hours)}

"""What is a breach by the clock and by the name. Pure: moments and texts in."""

import datetime
import re

# An engineer who signs in the evening far from any network has the next day for bringing the laptop online.
BRING_WITHIN = datetime.timedelta(hours=24)
BLANK = re.compile(r"\s+")


def is_late(planned_start, arrived_at, punctual_minutes):
    return arrived_at - planned_start > datetime.timedelta(minutes=punctual_minutes)


def expected_at(planned_start, notices, punctual_minutes):
    """When headquarters and customer expected the engineer: `notices` are (given at, new time), of which one counts that was given before
    the time that stood until then was over."""
    expected = planned_start
    for given_at, new_time in sorted(notices):
        if not is_late(expected, given_at, punctual_minutes):
            expected = new_time
    return expected


def is_brought_late(signed_at, received_at):
    return received_at - signed_at > BRING_WITHIN


def is_among(name, names):
    """Is it one of these people? Blanks do not count, and a title may follow the name, as in “钱锋经理”."""
    name = BLANK.sub("", name).lower()
    known = [BLANK.sub("", one).lower() for one in names]
    return any(name.startswith(one) for one in known if one)

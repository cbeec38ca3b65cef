"""Builders of the story of a trip."""

import datetime

from visits.trips import actions

HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def set_out(visit, at):
    """The engineer of a visit is on the way to it."""
    return actions.set_out(visit=visit, set_out_at=at - HOUR, origin="南京", means="train", by=visit.engineer.staff, at=at)


def back(trip, at, reason="客户临时要求"):
    """Home again without having asked."""
    actions.come_back(trip=trip, returned_at=at, unasked_reason=reason, by=trip.engineer.staff, at=at)
    return trip

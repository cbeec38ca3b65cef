"""Trips: visits away from home that follow each other. After each one the question is: return, or go on? Pure."""

import datetime
from dataclasses import dataclass

REST = 10 * 60  # minutes at home that make a return worth while over a night
NIGHT = 120  # minutes of travel that a night at home is worth


@dataclass(frozen=True)
class Onward:
    """The way from one visit to the next, both ways compared. Minutes; None where a travel time is not known."""

    before: object
    after: object
    go_on: int | None
    back: int | None
    nights: int

    @property
    def can_return(self):
        gap = (self.after.start - self.before.end) // datetime.timedelta(minutes=1)
        return self.back is not None and gap >= self.back + (REST if self.nights else 0)

    @property
    def advice(self):
        """ "return" or "go_on"; "" while a travel time is missing."""
        if self.back is None or self.go_on is None:
            return ""
        return "return" if self.can_return and self.back - self.go_on <= self.nights * NIGHT else "go_on"


def trips(bookings, home, zone, longest_gap=datetime.timedelta(days=4)):
    """[[booking, …], …] of visits away from home, chained while less than `longest_gap` lies between; singles with a night count too."""
    chains, chain = [], []
    for booking in sorted(bookings, key=lambda b: b.start):
        if booking.city == home:
            chains, chain = [*chains, chain], []
        elif chain and booking.start - chain[-1].end < longest_gap:
            chain.append(booking)
        else:
            chains, chain = [*chains, chain], [booking]
    return [found for found in [*chains, chain] if len(found) > 1 or (found and nights(found[0].start, found[0].end, zone))]


def ways(chain, home, zone, travel):
    """An Onward between each visit of a chain and the next."""
    return [_way(before, after, home, zone, travel) for before, after in zip(chain, chain[1:], strict=False)]


def _way(before, after, home, zone, travel):
    there, back = travel.minutes(before.city, home), travel.minutes(home, after.city)
    both = there + back if there is not None and back is not None else None
    return Onward(before, after, travel.minutes(before.city, after.city), both, nights(before.end, after.start, zone))


def nights(start, end, zone):
    """Nights between two moments, by the calendar days of `zone`."""
    return (end.astimezone(zone).date() - start.astimezone(zone).date()).days


def nights_away(chain, choices, zone):
    """Nights in a hotel: those of the visits themselves, and those between that are not spent at home."""
    total = sum(nights(booking.start, booking.end, zone) for booking in chain)
    for before, after in zip(chain, chain[1:], strict=False):
        if choices.get(before.number) != "return":
            total += nights(before.end, after.start, zone)
    return total

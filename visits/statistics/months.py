"""Months beside a month. Pure: first days in, first days out."""

import datetime


def shifted(first, months):
    """The first day of the month so many months later, or earlier for a negative number."""
    place = first.year * 12 + first.month - 1 + months
    return datetime.date(place // 12, place % 12 + 1, 1)


def last(first, count):
    """The first days of `count` months up to and including `first`, oldest first."""
    return [shifted(first, -n) for n in range(count - 1, -1, -1)]


def name(first):
    """ "2026-11"."""
    return f"{first:%Y-%m}"

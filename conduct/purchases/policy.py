"""What a purchase of some amount needs. Pure: amounts in yuan, tiers as they are stored.

A tier is {"up_to": "5000.00" or None for everything above, "quotes": number, "deciders": [codes in order]}.
"""

from decimal import Decimal

DEFAULT = [
    {"up_to": "5000.00", "quotes": 2, "deciders": ["department_head"]},
    {"up_to": "50000.00", "quotes": 3, "deciders": ["department_head", "manager"]},
    {"up_to": None, "quotes": 3, "deciders": ["department_head", "executive", "manager"]},
]


def tier_of(amount, tiers):
    """The tier that `amount` falls into; an amount right at a border belongs to the lower tier."""
    return next(tier for tier in tiers if tier["up_to"] is None or amount <= Decimal(tier["up_to"]))


def wrong_with(tiers):
    """The code of what is wrong with these tiers, or None: "empty", "order", "open_end", "nobody", "quotes"."""
    if not tiers:
        return "empty"
    borders = [Decimal(tier["up_to"]) for tier in tiers[:-1] if tier["up_to"] is not None]
    if len(borders) != len(tiers) - 1 or borders != sorted(set(borders)):
        return "order"
    if tiers[-1]["up_to"] is not None:
        return "open_end"
    if not all(tier["deciders"] for tier in tiers):
        return "nobody"
    if not all(tier["quotes"] >= 1 for tier in tiers):
        return "quotes"
    return None


def amount_of(quotes):
    """What the purchase will cost as far as one knows: the chosen offer, or the cheapest before one is chosen."""
    chosen = [amount for amount, _file, is_chosen in quotes if is_chosen]
    return chosen[0] if chosen else min((amount for amount, _file, _chosen in quotes), default=Decimal(0))


def missing_of(*, quotes, tiers, planned, proposal, choice_reason):
    """Codes of what is missing before a purchase can be asked for; empty when nothing is.

    `quotes` are (amount, has a file, is chosen).
    """
    amount = amount_of(quotes)
    found = []
    if sum(has_file for _amount, has_file, _chosen in quotes) < tier_of(amount, tiers)["quotes"]:
        found.append("quotes")
    if not any(is_chosen for _amount, _file, is_chosen in quotes):
        found.append("choice")
    elif amount > min(quote[0] for quote in quotes) and not choice_reason.strip():
        found.append("choice_reason")
    if planned and not proposal.strip():
        found.append("proposal")
    return found

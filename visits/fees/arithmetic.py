"""What is left of a fee. Pure; amounts are Decimal yuan with two places."""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


def after_cut(fee, percent):
    """The fee after a cut of `percent`, rounded to the fen."""
    return (fee * (100 - percent) / 100).quantize(FEN, ROUND_HALF_UP)


def correction(fee, percent, settled):
    """What a later list adds (or takes back, below zero) when `settled` was paid and `percent` holds by now."""
    return after_cut(fee, percent) - settled

"""What a loan contributes to the month. Pure."""


def measures_of(*, back_by, returned_on, today):
    """One loan; late when it came back after its day, or is still out after it."""
    return {"loan.lent": 1, "loan.late": int((returned_on or today) > back_by)}

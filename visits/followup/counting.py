"""What a call adds to the month. Pure but for the last line."""

from visits.schedule.moving import contribute


def measures_of(scores, discrepancies):
    """{measure: value} of a call that reached the customer; the evaluation is the mean of the scores in hundredths."""
    measures = {"calls": 1, "discrepant": int(bool(discrepancies))}
    given = [value for value in scores.values() if value]
    if given:
        measures |= {"evaluations": 1, "evaluation_hundredths": round(sum(given) * 100 / len(given))}
    return measures


def reached(*, visit, scores, discrepancies):
    contribute(visit, "call", measures_of(scores, discrepancies))

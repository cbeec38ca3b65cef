"""What a call adds to the month."""

from visits.schedule.moving import count_all


def evaluated(*, visit, scores):
    """One evaluation and the mean of its scores in hundredths, on the day of the visit so that month and visits agree."""
    given = {name: value for name, value in scores.items() if value}
    if given:
        mean = round(sum(given.values()) * 100 / len(given))
        count_all(visit, {"evaluations": 1, "evaluation_hundredths": mean})

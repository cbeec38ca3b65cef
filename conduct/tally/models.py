from django.db import models

from .grains import CLOSED_DAY, CLOSED_MONTH, DAY, MONTH


class Count(models.Model):
    """How much of a measure fell on a day or in a month, over all or for one key of one dimension: the one summary table.

    `first` is the day, or the first of the month. Whoever counts only inserts `is_fresh` rows, so that two people at work
    never wait for each other; a task folds them into one row a counter. A figure is the sum of both, at any moment.
    """

    GRAINS = ((DAY, "day"), (MONTH, "month"), (CLOSED_DAY, "day, as closed"), (CLOSED_MONTH, "month, as closed"))

    grain = models.CharField(max_length=1, choices=GRAINS)
    first = models.DateField()
    dimension = models.CharField(max_length=12, blank=True)
    key = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=30)
    value = models.BigIntegerField(default=0)
    is_fresh = models.BooleanField(default=True)

    COUNTER = ("grain", "first", "dimension", "key", "measure")

    class Meta:
        indexes = [
            models.Index(fields=["grain", "dimension", "first", "measure", "key"], name="count_read"),
            models.Index(fields=["id"], condition=models.Q(is_fresh=True), name="count_fresh"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "first", "dimension", "key", "measure"],
                condition=models.Q(is_fresh=False),
                name="count_folded_once",
            )
        ]

    def __str__(self):
        return f"{self.grain} {self.first} {self.dimension} {self.key} {self.measure} {self.value}"


class Posting(models.Model):
    """What one thing (a visit, a ticket, a slip) contributes to the month at present: the row behind a figure.

    `part` parts the contributions that different rooms make for the same thing. Never more than one row for each.
    """

    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    part = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    dimensions = models.JSONField(default=dict)
    measures = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number", "part"], name="posting_once")]
        indexes = [models.Index(fields=["-day", "-id"], name="posting_day")]

    def __str__(self):
        return f"{self.kind} {self.number} {self.part}"

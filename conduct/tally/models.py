from django.db import models


class Count(models.Model):
    """How much of a measure fell on a day, for one engineer and one customer. Sums of these rows are the month."""

    day = models.DateField()
    measure = models.CharField(max_length=30)
    engineer = models.CharField(max_length=12, blank=True)
    customer = models.CharField(max_length=12, blank=True)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "measure", "engineer", "customer"], name="count_once_a_day")]

    def __str__(self):
        return f"{self.day} {self.measure} {self.value}"

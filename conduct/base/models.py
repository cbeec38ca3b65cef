from django.db import models


class NumberSeries(models.Model):
    """The last number given in one series, such as "VR-2026"."""

    key = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.key}: {self.last}"

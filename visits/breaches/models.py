from django.db import models
from django.db.models import Q

from conduct.violations.models import Violation
from visits.schedule.models import Visit


class VisitViolation(models.Model):
    """A breach that happened on a visit. What the software saw, `is_seen`, is there once a visit and rule, whatever came of it."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="visit_violations")
    violation = models.OneToOneField(Violation, models.PROTECT, related_name="visit_violation")
    rule_code = models.CharField(max_length=60)
    is_seen = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "rule_code"], condition=Q(is_seen=True), name="violation_seen_once_a_visit")
        ]

    def __str__(self):
        return f"{self.visit_id} {self.rule_code}"


class Watch(models.Model):
    """How far the trail was read for breaches. There is one row."""

    read_until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="watch_is_one_row")]

    def __str__(self):
        return f"{self.read_until:%Y-%m-%d %H:%M}"

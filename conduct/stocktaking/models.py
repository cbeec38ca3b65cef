from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.stock.models import Item, Place

from .states import TRANSITIONS, Cause, StocktakingState


def person(**facts):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **facts)


class Stocktaking(models.Model):
    """One place is counted, once at a time. What differs from the books becomes slips."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="stocktakings", verbose_name=pgettext_lazy("stock", "place"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=StocktakingState, default=StocktakingState.COUNTING)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = person(verbose_name=_("begun by"))
    closed_at = models.DateTimeField(null=True)
    closed_by = person(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = person(null=True)
    ended_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("stock-taking")
        indexes = [models.Index(fields=["-begun_at", "-number"], name="stocktaking_begun")]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(state__in=StocktakingState.OPEN), name="stocktaking_one_open_a_place",
                violation_error_message=_("This place is being counted already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="stocktaking_closed_by", violation_error_message=_("Who ended the counting, and when, belong together."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=StocktakingState.OPEN, ended_at=None, ended_by=None)
                | (~Q(state__in=StocktakingState.OPEN) & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="stocktaking_ended_by", violation_error_message=_("Who ended the stock-taking, and when, belong together."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("stocktaking:stocktaking", args=[self.number])


class CountLine(models.Model):
    """One item of a stock-taking: what was counted last, and from the end of the counting on what the books said at that moment."""

    stocktaking = models.ForeignKey(Stocktaking, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("counted"), null=True)
    counted_at = models.DateTimeField(null=True)
    counted_by = person(null=True)
    version = models.PositiveIntegerField(default=0)
    book = models.IntegerField(_("in the books"), null=True)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause, blank=True)
    explanation = models.CharField(_("explanation"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stocktaking", "item"], name="count_line_once"),
            models.CheckConstraint(
                condition=Q(quantity=None, counted_at=None, counted_by=None)
                | Q(quantity__isnull=False, counted_at__isnull=False, counted_by__isnull=False),
                name="count_line_counted_by", violation_error_message=_("What was counted, when and by whom belong together."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.stocktaking} {self.item}"

    @property
    def difference(self):
        """Counted less booked: below zero for what is missing. Only for a line that has both."""
        return self.quantity - self.book


class CountEntry(models.Model):
    """What somebody counted, each time. Never changed: the line shows the last one."""

    line = models.ForeignKey(CountLine, models.PROTECT, related_name="entries")
    quantity = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    by = person()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.line}: {self.quantity}"


DIFFERS = ~Q(quantity=F("book"))

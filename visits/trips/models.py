from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.files.models import StoredFile
from conduct.people.models import Engineer
from visits.schedule.models import Visit

from .states import TRANSITIONS, ExpenseKind, Means, TripState


class Trip(models.Model):
    """An engineer away from home for one visit or a chain of them: from setting out until report and expenses are settled.

    `consented_at` is when both who have to had agreed to the return; going on spends it. `due_on` is the last day for report and
    expenses. `erased_at`: places, numbers, words and receipts are gone, days and amounts are left.
    """

    TRANSITIONS = TRANSITIONS
    CODES = {"kind": dict(ExpenseKind.choices)}

    number = models.CharField(_("number"), max_length=16, unique=True)
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="trips", verbose_name=_("engineer"))
    visits = models.ManyToManyField(Visit, related_name="trips", verbose_name=_("visits"))
    state = models.CharField(_("state"), max_length=10, choices=TripState, default=TripState.AWAY)
    set_out_at = models.DateTimeField(_("set out at"))
    origin = models.CharField(_("from"), max_length=40)
    means = models.CharField(pgettext_lazy("travel", "by"), max_length=10, choices=Means, default=Means.TRAIN)
    consented_at = models.DateTimeField(_("consented to at"), null=True)
    returned_at = models.DateTimeField(_("back at"), null=True)
    unasked_reason = models.CharField(_("why without consent"), max_length=300, blank=True)
    due_on = models.DateField(_("report and expenses due on"), null=True)
    report = models.TextField(_("report"), blank=True, validators=[MaxLengthValidator(4000)])
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    sent_back_reason = models.CharField(_("sent back, because"), max_length=300, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("business trip")
        indexes = [
            models.Index(fields=["-set_out_at", "-id"], name="trip_set_out"),
            models.Index(fields=["engineer", "-set_out_at", "-id"], name="trip_engineer_set_out"),
            models.Index(fields=["due_on"], name="trip_due", condition=models.Q(state="returned")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["engineer"],
                condition=models.Q(state="away"),
                name="one_trip_at_a_time",
                violation_error_message=_("This engineer is on a trip already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="away", returned_at=None, due_on=None)
                | ~models.Q(state="away") & models.Q(returned_at__isnull=False, due_on__isnull=False),
                name="trip_back_when_and_due",
            ),
            models.CheckConstraint(
                condition=models.Q(state="paid", paid_at__isnull=False, paid_by__isnull=False)
                | ~models.Q(state="paid") & models.Q(paid_at=None, paid_by=None),
                name="trip_paid_by_and_at",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("trips:trip", args=[self.number])

    def is_own(self, user):
        return self.engineer.staff_id == user.pk


class Lodging(models.Model):
    """Where the engineer sleeps, for the line manager; and when the customer was called after checking in."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="lodgings")
    hotel = models.CharField(_("hotel"), max_length=120)
    room_telephone = models.CharField(_("room telephone"), max_length=40)
    since = models.DateTimeField(_("checked in at"))
    customer_called_at = models.DateTimeField(_("customer contacted at"), null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lodging notice")
        ordering = ["since", "id"]

    def __str__(self):
        return self.hotel


class Expense(models.Model):
    """One amount in yuan, with its receipt or with why there is none."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="expenses")
    kind = models.CharField(_("kind"), max_length=10, choices=ExpenseKind)
    spent_on = models.DateField(_("day"))
    amount = models.DecimalField(
        _("amount in yuan"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0.01), MaxValueValidator(1_000_000)]
    )
    note = models.CharField(_("what for"), max_length=200, blank=True)
    receipt = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("receipt"))
    no_receipt_reason = models.CharField(_("why there is no receipt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("expense")
        ordering = ["spent_on", "id"]
        indexes = [models.Index(fields=["spent_on"], name="expense_day")]

    def __str__(self):
        return f"{self.trip_id} {self.spent_on} {self.amount}"

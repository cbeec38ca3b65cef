from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.files.models import StoredFile
from conduct.people.models import Department
from conduct.stock.models import Item

from .policy import DEFAULT
from .states import TRANSITIONS, PurchaseState

MONEY = {"max_digits": 12, "decimal_places": 2}


def default_tiers():
    return DEFAULT


class PurchasePolicy(models.Model):
    """How many quotes and whose approval a purchase needs, by amount. A change is a new version; old ones stay."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    valid_from = models.DateField(_("valid from"))
    tiers = models.JSONField(default=default_tiers)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        verbose_name = _("purchase policy")

    def __str__(self):
        return str(self.version)


class Purchase(models.Model):
    """A request to buy something. `chain` is who decides, in order: {"person": key} or {"role": code}; `step` is whose turn it is."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    reason = models.TextField(_("what for"), max_length=2000)
    planned = models.BooleanField(
        _("part of a planned project"), default=False, help_text=_("A planned project needs a written proposal.")
    )
    proposal = models.TextField(_("proposal"), max_length=8000, blank=True)
    origin = models.CharField(max_length=20, blank=True)
    reference = models.CharField(_("about"), max_length=40, blank=True)
    url = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PurchaseState, default=PurchaseState.DRAFT)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    created_at = models.DateTimeField(_("written at"))
    asked_at = models.DateTimeField(_("asked at"), null=True)
    policy = models.ForeignKey(PurchasePolicy, models.PROTECT, null=True, related_name="+")
    chain = models.JSONField(default=list)
    step = models.PositiveSmallIntegerField(default=0)
    total = models.DecimalField(_("amount in yuan"), null=True, **MONEY)
    choice_reason = models.CharField(_("why not the cheapest"), max_length=300, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    order_reference = models.CharField(_("order number of the supplier"), max_length=60, blank=True)
    expected_on = models.DateField(_("expected on"), null=True)
    ordered_at = models.DateTimeField(_("ordered at"), null=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("purchase request")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="purchase_created"),
            models.Index(fields=["state", "-created_at", "-id"], name="purchase_state"),
            models.Index(fields=["asked_by", "-created_at", "-id"], name="purchase_asked_by"),
            models.Index(fields=["origin", "reference"], name="purchase_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ordered_at=None, ordered_by=None) | Q(ordered_at__isnull=False, ordered_by__isnull=False),
                name="purchase_ordered_by_and_at",
                violation_error_message=_("An order needs a person and a time."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(asked_at__isnull=False, total__isnull=False),
                name="purchase_asked_with_an_amount",
                violation_error_message=_("A request for approval names an amount."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("purchases:purchase", args=[self.number])

    def is_late(self, today):
        return self.state == PurchaseState.ORDERED and self.expected_on is not None and self.expected_on < today


class PurchaseLine(models.Model):
    """What is to be bought. Without an `item` it is entered in the register when it arrives."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    kind = models.CharField(max_length=10, default="part")
    quantity = models.PositiveIntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=10)
    price = models.DecimalField(_("price of one"), null=True, blank=True, **MONEY)
    received = models.PositiveIntegerField(_("received"), default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=F("quantity")),
                name="purchase_not_more_than_ordered",
                violation_error_message=_("More than was ordered."),
            )
        ]

    def __str__(self):
        return f"{self.name} x {self.quantity}"

    @property
    def outstanding(self):
        return self.quantity - self.received


class Quote(models.Model):
    """An offer of a supplier, with its file: the market research behind a purchase."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="quotes")
    supplier = models.CharField(_("supplier"), max_length=80)
    amount = models.DecimalField(_("amount in yuan"), **MONEY)
    note = models.CharField(_("note"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    chosen = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["amount", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["purchase"], condition=Q(chosen=True), name="quote_chosen_once",
                violation_error_message=_("One quote is chosen."),
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.supplier} {self.amount}"



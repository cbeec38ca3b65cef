from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.strokes import signature_url

from .states import ItemKind, SlipKind


class Place(models.Model):
    """Where things are kept: a store room, a shelf, a van. `holds_broken` says that nothing there can be handed out."""

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60, unique=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    holds_broken = models.BooleanField(_("keeps broken things"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = pgettext_lazy("stock", "place")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("stock:edit_place", args=[self.number])


class Item(models.Model):
    """A kind of thing that is kept in numbers: a lamp for the projector, a power supply, a box of paper."""

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind, default=ItemKind.PART)
    category = models.CharField(_("category"), max_length=40, blank=True)
    model = models.CharField(_("model"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=10, default="个")
    minimum = models.PositiveIntegerField(_("at least"), default=0, help_text=_("Fewer than this and the list says so."))
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = pgettext_lazy("stock", "item")
        indexes = [models.Index(fields=["name", "id"], name="item_name")]

    def __str__(self):
        return f"{self.number} {self.name}"

    def get_absolute_url(self):
        return reverse("stock:item", args=[self.number])


class Level(models.Model):
    """How many of an item are at a place. Changed by slips only, and never below zero."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="levels")
    place = models.ForeignKey(Place, models.PROTECT, related_name="levels")
    quantity = models.IntegerField(_("quantity"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="level_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="level_not_below_zero",
                violation_error_message=_("There cannot be fewer than none."),
            ),
        ]

    def __str__(self):
        return f"{self.item} {self.place}: {self.quantity}"


class StockSlip(models.Model):
    """One paper about things that moved, signed by who gave and who took. Never changed (migration), only reversed by another."""

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=SlipKind)
    taken_from = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken from"))
    put_to = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("put to"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    origin = models.CharField(max_length=20, blank=True)
    reference = models.CharField(_("about"), max_length=40, blank=True)
    url = models.CharField(max_length=200, blank=True)
    giver_name = models.CharField(_("given by"), max_length=80)
    giver_strokes = models.JSONField(null=True)
    taker_name = models.CharField(_("taken by"), max_length=80)
    taker_strokes = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))

    class Meta:
        verbose_name = _("stock slip")
        indexes = [
            models.Index(fields=["-at", "-number"], name="slip_at"),
            models.Index(fields=["kind", "-at", "-number"], name="slip_kind"),
            models.Index(fields=["origin", "reference"], name="slip_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reversed", reverses__isnull=False) | (~Q(kind="reversed") & Q(reverses=None)),
                name="slip_reverses_a_slip",
                violation_error_message=_("A reversal names the slip that it reverses."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("stock:slip", args=[self.number])

    @property
    def giver_picture(self):
        return signature_url(self.giver_strokes) if self.giver_strokes else ""

    @property
    def taker_picture(self):
        return signature_url(self.taker_strokes) if self.taker_strokes else ""


class Movement(models.Model):
    """So many of an item came to a place or left it. Never changed."""

    slip = models.ForeignKey(StockSlip, models.PROTECT, related_name="movements")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="movements")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    quantity = models.IntegerField(_("quantity"))
    price = models.DecimalField(_("price of one"), max_digits=12, decimal_places=2, null=True)
    note = models.CharField(_("note"), max_length=60, blank=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["item", "-id"], name="movement_item")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(quantity=0), name="movement_moves", violation_error_message=_("Nothing moved.")
            )
        ]

    def __str__(self):
        return f"{self.item} {self.quantity:+d}"

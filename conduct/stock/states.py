"""What a slip can be, and which places each kind names. Pure but for the words."""

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    EQUIPMENT = "equipment", pgettext_lazy("item", "equipment")
    PART = "part", pgettext_lazy("item", "part")
    CONSUMABLE = "consumable", pgettext_lazy("item", "consumable")


class SlipKind(models.TextChoices):
    IN = "in", pgettext_lazy("slip", "in")
    OUT = "out", pgettext_lazy("slip", "out")
    DAMAGED = "damaged", pgettext_lazy("slip", "damaged")
    BOUGHT = "bought", pgettext_lazy("slip", "bought")
    SCRAPPED = "scrapped", pgettext_lazy("slip", "scrapped")
    SWAPPED = "swapped", pgettext_lazy("slip", "swapped")
    MOVED = "moved", pgettext_lazy("slip", "moved")
    SHORT = "short", pgettext_lazy("slip", "counted short")
    SURPLUS = "surplus", pgettext_lazy("slip", "counted surplus")
    REVERSED = "reversed", pgettext_lazy("slip", "reversal")

    # What a person fills in; a reversal comes from the slip that is reversed, what was counted from the stock-taking.
    BY_HAND = nonmember(("in", "out", "damaged", "bought", "scrapped", "swapped", "moved"))


K = SlipKind
# Does it take from a place, does it put to one: "yes", "may" or "no". Swapped: the new one leaves, the old one may be kept.
PLACES = {
    K.IN: ("no", "yes"),
    K.BOUGHT: ("no", "yes"),
    K.OUT: ("yes", "no"),
    K.DAMAGED: ("yes", "may"),
    K.SCRAPPED: ("yes", "no"),
    K.SWAPPED: ("yes", "may"),
    K.MOVED: ("yes", "yes"),
    K.SHORT: ("yes", "no"),
    K.SURPLUS: ("no", "yes"),
}

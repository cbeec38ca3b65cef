from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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

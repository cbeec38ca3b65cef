import datetime

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.base.days import day_bounds
from visits.orders.models import WorkOrder

LONG = {"blank": True, "validators": [MaxLengthValidator(2000)]}


class EntryPack(models.Model):
    """What a machine room's keeper asks for before anybody may come in: one for all visits of an order.

    The permit holds from the first to the last named day at the site, both included.
    """

    order = models.OneToOneField(WorkOrder, models.CASCADE, related_name="entry_pack", verbose_name=_("work order"))
    permit_number = models.CharField(_("permit number"), max_length=60, blank=True)
    permit_from = models.DateField(_("permit valid from"), null=True, blank=True)
    permit_until = models.DateField(_("permit valid until"), null=True, blank=True)
    people = models.TextField(
        _("people and their documents"), help_text=_("One person a line, such as: Wang Lei, identity card 3201…1234"), **LONG
    )
    tools = models.TextField(_("tools and items"), help_text=_("One item a line; what comes in is what goes out."), **LONG)
    escort_name = models.CharField(_("escort"), max_length=60, blank=True)
    escort_telephone = models.CharField(_("escort's telephone"), max_length=40, blank=True)
    house_rules = models.TextField(_("house rules"), **LONG)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("entry pack")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(permit_from=None)
                | models.Q(permit_until=None)
                | models.Q(permit_until__gte=models.F("permit_from")),
                name="permit_days_in_order",
                violation_error_message=_("The permit ends before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.order_id}: {self.permit_number}"

    def get_absolute_url(self):
        return reverse("permits:pack", args=[self.order.number])

    @property
    def window(self):
        """(first moment, first moment after), each None when the permit does not say."""
        zone = self.order.site.time_zone
        start = day_bounds(self.permit_from, zone)[0] if self.permit_from else None
        end = day_bounds(self.permit_until, zone)[1] if self.permit_until else None
        return start, end

    def days_left(self, day):
        return (self.permit_until - day) // datetime.timedelta(days=1) if self.permit_until else None

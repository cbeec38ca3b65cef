from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class TravelTime(models.Model):
    """How long it takes from one city to another, door to door, in minutes. The way back is a row of its own."""

    origin = models.CharField(_("from"), max_length=40)
    destination = models.CharField(_("to"), max_length=40)
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(7 * 24 * 60)])

    class Meta:
        verbose_name = _("travel time")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "destination"],
                name="travel_time_once",
                violation_error_message=_("There is a travel time between these cities already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(origin=models.F("destination")),
                name="travel_between_two_cities",
                violation_error_message=_("Name two different cities."),
            ),
        ]
        indexes = [models.Index(fields=["origin", "destination", "id"], name="travel_order")]

    def __str__(self):
        return f"{self.origin} – {self.destination}"

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.people.models import Skill
from visits.orders.states import Priority, Symptom


class OrderTemplate(models.Model):
    """What an order of a common kind looks like; a new order begins with a copy of it. `scope` is one line an item."""

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60, unique=True)
    reported_fault = models.TextField(_("reported fault"), blank=True, validators=[MaxLengthValidator(4000)])
    symptom = models.CharField(_("symptom"), max_length=10, choices=Symptom, blank=True)
    scope = models.TextField(_("what is to be done"), max_length=9000)
    traits = models.JSONField(_("traits"), default=list, blank=True)
    duration_minutes = models.PositiveIntegerField(
        _("expected duration in minutes"), null=True, blank=True, validators=[MinValueValidator(15), MaxValueValidator(30 * 24 * 60)]
    )
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    skills = models.ManyToManyField(Skill, blank=True, related_name="+", verbose_name=_("skills needed"))
    certified = models.ManyToManyField(
        Skill, blank=True, related_name="+", verbose_name=_("only with a valid certificate for")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("order template")
        indexes = [models.Index(fields=["name", "id"], name="order_template_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("intake:edit_template", args=[self.number])

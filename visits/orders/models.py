from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.customers.models import Contact, Customer, Equipment, Site
from conduct.people.models import Skill
from conduct.repairs.models import RepairTicket
from conduct.rules.states import Trait

from .states import TRANSITIONS, OrderState, Priority, Symptom


class WorkOrder(models.Model):
    """What is to be done, for whom. Its progress is derived from its visits, never stored here."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders", verbose_name=_("customer"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="orders", verbose_name=_("site"))
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("contact"))
    reference = models.CharField(_("the customer's own number"), max_length=60, blank=True, db_default="", default="")
    equipment = models.ManyToManyField(Equipment, blank=True, related_name="orders", verbose_name=_("equipment"))
    reported_fault = models.TextField(_("reported fault"), blank=True, validators=[MaxLengthValidator(4000)])
    symptom = models.CharField(_("symptom"), max_length=10, choices=Symptom, blank=True)
    stated_cause = models.TextField(_("cause that headquarters states"), blank=True, validators=[MaxLengthValidator(4000)])
    traits = models.JSONField(_("traits"), default=list, blank=True)
    wanted_from = models.DateTimeField(_("wanted from"), null=True, blank=True)
    wanted_to = models.DateTimeField(_("wanted until"), null=True, blank=True)
    change_from = models.DateTimeField(_("change window from"), null=True, blank=True)
    change_to = models.DateTimeField(_("change window until"), null=True, blank=True)
    duration_minutes = models.PositiveIntegerField(
        _("expected duration in minutes"), null=True, blank=True, validators=[MinValueValidator(15), MaxValueValidator(30 * 24 * 60)]
    )
    skills = models.ManyToManyField(Skill, blank=True, related_name="+", verbose_name=_("skills needed"))
    certified = models.ManyToManyField(
        Skill, blank=True, related_name="+", verbose_name=_("only with a valid certificate for")
    )
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.DRAFT)
    created_at = models.DateTimeField(_("raised at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("work order")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="order_created"),
            models.Index(fields=["state", "-created_at", "-id"], name="order_state_created"),
            models.Index(fields=["site", "-created_at", "-id"], name="order_site_created"),
            models.Index(fields=["reference", "-created_at", "-id"], name="order_reference"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wanted_from=None) | models.Q(wanted_to=None) | models.Q(wanted_to__gt=models.F("wanted_from")),
                name="order_window_in_order",
                violation_error_message=_("The wanted window ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(change_from=None, change_to=None) | models.Q(change_to__gt=models.F("change_from")),
                name="order_change_window_in_order",
                violation_error_message=_("The change window needs a beginning and a later end."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("schedule:order", args=[self.number])

    @property
    def hours(self):
        """The expected duration such as "1.5"; None where nobody said."""
        return self.duration_minutes and f"{self.duration_minutes / 60:.3g}"

    @property
    def trait_words(self):
        return [str(label) for code, label in Trait.choices if code in self.traits]


class ScopeItem(models.Model):
    """One line of what is to be done."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="scope")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("what is to be done"), max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="scope_position_once")]

    def __str__(self):
        return self.text


class TicketOrder(models.Model):
    """A work order that was raised from a repair ticket. The ticket knows no order; it follows through `following.py`."""

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="ticket_link")
    ticket = models.ForeignKey(RepairTicket, models.PROTECT, related_name="order_links")

    def __str__(self):
        return f"{self.ticket_id} → {self.order_id}"

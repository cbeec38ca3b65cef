from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.base.leases import Leased
from conduct.files.models import StoredFile
from conduct.outbox.models import Delivery
from conduct.people.models import Department

from .reading import Reading
from .states import TRANSITIONS, PackState


class PackPolicy(models.Model):
    """When the packs are due, in which language and to whom they go. One row."""

    reading = models.CharField(_("due on"), max_length=10, choices=Reading, default=Reading.LAST_DAY)
    mailbox = models.EmailField(_("mailbox of the administration"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    grace_days = models.PositiveSmallIntegerField(
        _("working days before a missing pack is chased"), default=1, validators=[MaxValueValidator(10)]
    )
    first_month = models.CharField(
        _("first month"), max_length=7, blank=True, validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", _("A month such as 2026-11."))],
        help_text=_("No packs are made for earlier months, nor while this is empty."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("rule for the monthly packs")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="pack_policy_is_one_row")]

    def __str__(self):
        return self.get_reading_display()


class Pack(Leased):
    """What one person, or one department, hands in for a month: statistics, attendance, things, and that month's files."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    month = models.CharField(_("month"), max_length=7)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="packs", verbose_name=_("person"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="packs", verbose_name=_("department"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=PackState, default=PackState.DUE)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)

    class Meta:
        verbose_name = _("monthly pack")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "staff"], condition=models.Q(staff__isnull=False), name="pack_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["month", "department"], condition=models.Q(staff=None), name="pack_once_a_department"
            ),
            models.CheckConstraint(
                condition=models.Q(staff__isnull=False) | models.Q(department__isnull=False), name="pack_of_somebody"
            ),
        ]
        indexes = [models.Index(fields=["-month", "-id"], name="pack_month")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("packs:detail", args=[self.number])


class PackFile(models.Model):
    """One file of a pack; making the pack again replaces them all."""

    class Role(models.TextChoices):
        SHEET = "sheet", _("statistics as XLSX")
        PAPER = "paper", _("statistics as PDF")
        BACKUP = "backup", _("files of the month")

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="files")
    role = models.CharField(max_length=10, choices=Role)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.file.name

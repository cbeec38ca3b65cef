from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.stock.models import Place

from .states import TRANSITIONS, Media, SpareState


class Spare(models.Model):
    """One machine that stands in while another is repaired."""

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=100)
    category = models.CharField(_("category"), max_length=40, blank=True)
    model = models.CharField(_("model"), max_length=60, blank=True)
    serial = models.CharField(_("serial number"), max_length=60, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="spares", verbose_name=pgettext_lazy("stock", "place"))
    data_bearing = models.BooleanField(
        _("holds data media"), default=False, help_text=_("A disk or a card: when it comes back, somebody says what became of it.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SpareState, default=SpareState.AVAILABLE)

    class Meta:
        verbose_name = pgettext_lazy("thing", "spare")
        indexes = [models.Index(fields=["name", "id"], name="spare_name")]

    def __str__(self):
        return f"{self.number} {self.name}"

    def get_absolute_url(self):
        return reverse("spares:spare", args=[self.number])


class SpareLoan(models.Model):
    """Which spare, from where, to whom, since when, back by when. `origin` and `reference` name what it is lent for."""

    number = models.CharField(_("number"), max_length=16, unique=True)
    spare = models.ForeignKey(Spare, models.PROTECT, related_name="loans", verbose_name=pgettext_lazy("thing", "spare"))
    from_place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("taken from"))
    borrower = models.CharField(_("borrower"), max_length=80)
    where = models.CharField(_("where it stands"), max_length=120)
    origin = models.CharField(max_length=20, blank=True)
    reference = models.CharField(_("lent for"), max_length=40, blank=True)
    url = models.CharField(max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    lent_at = models.DateTimeField(_("lent at"))
    lent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lent by"))
    back_by = models.DateField(_("back by"))
    returned_at = models.DateTimeField(_("came back"), null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )
    media = models.CharField(_("data media"), max_length=10, choices=Media, blank=True)
    broken = models.BooleanField(_("came back broken"), default=False)
    return_note = models.CharField(_("note on the return"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("spare loan")
        indexes = [
            models.Index(fields=["-lent_at", "-id"], name="loan_lent"),
            models.Index(fields=["back_by", "id"], name="loan_open", condition=Q(returned_at=None)),
            models.Index(fields=["origin", "reference"], name="loan_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["spare"],
                condition=Q(returned_at=None),
                name="spare_lent_once",
                violation_error_message=_("This spare is lent already."),
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None) | Q(returned_at__isnull=False, returned_by__isnull=False),
                name="loan_returned_by_and_at",
                violation_error_message=_("A return needs a person and a time."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("spares:loan", args=[self.number])

    @property
    def is_open(self):
        return self.returned_at is None

    def is_late(self, today):
        return self.is_open and self.back_by < today

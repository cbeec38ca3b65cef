from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.base.leases import Leased
from conduct.files.models import StoredFile
from visits.signoff.models import SignOff

from .states import TRANSITIONS, PaperState


class Paper(Leased):
    """The sealed PDF of one sign-off. `code` is its public name on the verify page; `sha256` covers the whole file."""

    TRANSITIONS = TRANSITIONS

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="paper")
    number = models.CharField(_("record number"), max_length=16)
    version = models.PositiveSmallIntegerField(_("version"))
    code = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.ASKED)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    pages = models.PositiveSmallIntegerField(null=True)
    key_id = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    sealed_at = models.DateTimeField(_("sealed at"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "version"], name="paper_once_a_version")]
        indexes = [models.Index(fields=["asked_at"], name="paper_asked", condition=models.Q(state="asked"))]

    def __str__(self):
        return f"{self.number} v{self.version}"


class TimeStamp(models.Model):
    """What the time-stamp service said of a paper: its moment and its name, or why it gave none.

    `token` is empty when the time stamp is part of the seal; one that came later is kept here, over the file's SHA-256.
    """

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="time_stamp")
    at = models.DateTimeField(_("time stamp"), null=True)
    by = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    token = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(at=None, by="", token=None) | (models.Q(at__isnull=False, problem="") & ~models.Q(by="")),
                name="time_stamp_has_moment_and_name",
            )
        ]

    def __str__(self):
        return f"{self.paper} {self.by}"

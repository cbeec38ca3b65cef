from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.checklists.models import Checklist
from conduct.files.models import StoredFile
from visits.schedule.models import Visit

from .projection import empty


class Entry(models.Model):
    """One thing that happened on site, as the engineer's laptop wrote it. Entries are only ever added.

    `device_at` is the laptop's wall clock, `clock_offset_ms` its estimated distance from the server's clock,
    `monotonic_ms` the laptop's time since its last anchor. `sha256` covers what came from the laptop.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("received by headquarters")
        SET_ASIDE = "set_aside", _("set aside")

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    device_at = models.DateTimeField()
    device_offset_minutes = models.SmallIntegerField(default=0)
    clock_offset_ms = models.IntegerField(null=True)
    monotonic_ms = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    plan_version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.ACCEPTED)
    set_aside_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["received_at", "id"]

    def __str__(self):
        return f"{self.kind} {self.id}"


class EntryFile(models.Model):
    """A file that an entry of this visit may name. Its id is made on the laptop, so that sending it again stores it once."""

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="entry_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.id)


class Record(models.Model):
    """What the entries add up to, with real columns for what lists and statistics ask."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="record")
    facts = models.JSONField(default=empty)
    arrived_at = models.DateTimeField(_("arrived at"), null=True)
    departed_at = models.DateTimeField(_("departed at"), null=True)
    minutes_on_site = models.IntegerField(_("minutes on site"), null=True)
    all_done = models.BooleanField(_("everything done"), default=False)
    entry_count = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    def __str__(self):
        return f"record of {self.visit_id}"


class VisitChecklist(models.Model):
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="visit_checklist")
    checklist = models.OneToOneField(Checklist, models.PROTECT, related_name="+")

    def __str__(self):
        return f"checklist of {self.visit_id}"

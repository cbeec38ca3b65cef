import json

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.sentences import in_words
from conduct.checklists.models import Checklist
from conduct.devices.models import Device
from conduct.files.models import StoredFile
from visits.schedule.models import Visit

from .clock import Stamp
from .projection import empty

SHOWN = 20_000


class Entry(models.Model):
    """One thing that happened on site, as the engineer's laptop wrote it. Entries are only ever added.

    `device_at` is the laptop's wall clock, `clock_offset_ms` the server's clock minus the laptop's as last estimated,
    `monotonic_ms` the laptop's time since its last anchor, `anchor_at` its wall clock at that anchor (see clock.py).
    `sha256` covers what came from the laptop. `after` is the entry that was made before it and had no receipt yet; `placed_at` is
    when that arrived, if it arrived later: an entry's place in the record is PLACE. `because` says why it does not count
    (sentences.kept); older releases wrote `set_aside_reason`.
    """

    PLACE = (Coalesce("placed_at", "received_at"), "id")

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("received by headquarters")
        WAITING = "waiting", _("waits for what was made before it")
        SET_ASIDE = "set_aside", _("set aside")

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    # Without a constraint: what it corrects may arrive later, and what is set aside is kept as it came.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections", db_index=False, db_constraint=False)
    after = models.UUIDField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    device_at = models.DateTimeField()
    device_offset_minutes = models.SmallIntegerField(default=0)
    clock_offset_ms = models.BigIntegerField(null=True)
    monotonic_ms = models.BigIntegerField(null=True)
    anchor_at = models.DateTimeField(null=True)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", db_index=False)
    received_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True)
    plan_version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.ACCEPTED)
    because = models.JSONField(null=True)
    set_aside_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = [Coalesce("placed_at", "received_at"), "id"]
        indexes = [
            models.Index(fields=["received_at", "id"], name="entry_set_aside", condition=models.Q(state="set_aside")),
            models.Index(fields=["received_at", "id"], name="entry_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"

    @property
    def why(self):
        """Why it does not count, in the active language."""
        return in_words(self.because) or self.set_aside_reason

    @property
    def stamp(self):
        return Stamp(self.device_at, self.received_at, self.clock_offset_ms, self.anchor_at, self.monotonic_ms)


class Settled(models.Model):
    """What a named person made of something that was set aside."""

    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_reason = models.TextField(_("why"), max_length=500, blank=True)

    class Meta:
        abstract = True


def by_somebody(name):
    """The constraint of a Settled model: person, time and reason come together or not at all."""
    return models.CheckConstraint(
        condition=models.Q(settled_at=None, settled_by=None, settled_reason="")
        | (models.Q(settled_at__isnull=False, settled_by__isnull=False) & ~models.Q(settled_reason="")),
        name=name,
        violation_error_message=_("A decision needs a person, a time and a reason."),
    )


class EntrySettlement(models.Model):
    """Headquarters' decision on an entry that was set aside. The entry itself stays as it came."""

    class Decision(models.TextChoices):
        COUNTS = "counts", pgettext_lazy("entry", "counts after all")
        STAYS = "stays", pgettext_lazy("entry", "stays set aside")

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="settlement")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    reason = models.TextField(_("why"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.decision}: {self.reason[:40]}"


class Quarantined(Settled):
    """What a laptop sent and this release cannot read: kept whole, byte for byte, until a named person settles it.

    `body` is the JSON as ASCII text. `sha256` is what the receipt names. `because` says why (sentences.kept); older releases
    wrote `reason`.
    """

    class Type(models.TextChoices):
        ENTRY = "entry", _("entry")
        PACKAGE = "package", _("signed record")

    item_id = models.UUIDField()
    type = models.CharField(_("kind"), max_length=10, choices=Type)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="quarantined")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    because = models.JSONField(null=True)
    reason = models.CharField(_("why"), max_length=500)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item_id", "sha256"], name="quarantined_once"),
            by_somebody("quarantined_settled_by_somebody"),
        ]
        indexes = [models.Index(fields=["received_at"], name="quarantined_open", condition=models.Q(settled_at=None))]

    def __str__(self):
        return f"{self.type} {self.item_id}"

    @property
    def why(self):
        """Why it could not be taken, in the active language."""
        return in_words(self.because) or self.reason

    @property
    def shown(self):
        """The body for people to read, cut after 20,000 characters; signatures' points and pictures are long."""
        text = json.dumps(json.loads(self.body), ensure_ascii=False, indent=1)
        return text if len(text) <= SHOWN else text[:SHOWN] + " …"


class EntryFile(models.Model):
    """A file that an entry of this visit may name. Its id is made on the laptop, so that sending it again stores it once.

    `sent_sha256` is the hash of the bytes as the laptop sent them; what is kept was encoded again and has another one.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="entry_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sent_sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return str(self.id)

    @property
    def signed_sha256(self):
        """The hash that a statement names: the laptop can only know that of the bytes it sent."""
        return self.sent_sha256 or self.file.sha256


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

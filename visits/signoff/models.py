from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.devices.models import Device
from conduct.files.models import StoredFile
from visits.schedule.models import Visit


class Kind(models.TextChoices):
    SIGNED = "signed", pgettext_lazy("sign-off", "signed")
    REFUSED = "refused", pgettext_lazy("sign-off", "signature refused")
    TRANSCRIBED = "transcribed", _("signed by hand, transcribed")


class Mark(models.TextChoices):
    HASH_DIFFERS = "hash_differs", _("what was signed is not what headquarters has on record")
    NOT_READY = "not_ready", _("something was still missing when it was signed")
    NOT_WAITING = "not_waiting", _("the visit was not waiting for a signature any more")
    PLAN_CHANGED = "plan_changed", _("headquarters changed the plan or its own data meanwhile")
    WITHDRAWN = "withdrawn", _("headquarters withdrew the visit meanwhile")
    REASSIGNED = "reassigned", _("the visit was given to another engineer meanwhile")
    SUPERSEDED = "superseded", _("another signature of the same version was received before")
    ENTRIES_MISSING = "entries_missing", _("it covers entries that are not part of the record")
    CLOCK = "clock", _("the laptop's clock cannot be trusted")
    LINK_ENDED = "link_ended", _("the link ended while the customer was reading")


class Settlement(models.TextChoices):
    """What a named person at headquarters made of a sign-off with marks."""

    ACCEPTED = "accepted", pgettext_lazy("sign-off", "counts as it is")
    SET_ASIDE = "set_aside", pgettext_lazy("sign-off", "set aside, to be signed again")


class SignOffs(models.QuerySet):
    def counting(self):
        """Those that stand: without marks, or accepted in spite of them."""
        return self.filter(models.Q(marks=[]) | models.Q(settlement=Settlement.ACCEPTED))

    def waiting(self):
        """Those that somebody still has to settle."""
        return self.filter(settlement="").exclude(marks=[])


class SignOff(models.Model):
    """The customer's word over one statement. Always stored; with marks it does not count as signed until somebody settles it.

    `covers` are the ids of the entries it stands on; `clock` says what the laptop's clock was worth at arrival, departure
    and signature: {"arrived": {"offset": ms or null, "doubts": [...]}, ...}. `package_sha256` is the hash of the package as it
    came from a laptop without network, else empty. With `by_link` the customer signed elsewhere, and `by` is who had sent the link.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="sign_offs")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    marks = models.JSONField(default=list, blank=True)
    statement = models.JSONField()
    sha256 = models.CharField(max_length=64)
    nonce = models.CharField(max_length=32)
    covers = models.JSONField(default=list)
    clock = models.JSONField(default=dict)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+", db_index=False)
    package_sha256 = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10)
    strokes = models.JSONField(null=True)
    strokes_sha256 = models.CharField(max_length=64, null=True, unique=True)
    typed_name = models.CharField(_("typed name"), max_length=80, blank=True)
    signer_name = models.CharField(_("name"), max_length=80)
    signer_position = models.CharField(_("position"), max_length=80, blank=True)
    signer_telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    comment = models.TextField(_("opinions and suggestions"), max_length=2000, blank=True)
    refusal_reason = models.TextField(_("reason of the refusal"), max_length=2000, blank=True)
    stamp = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    no_stamp_reason = models.CharField(_("why there is no stamp"), max_length=200, blank=True)
    stamped_copy = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    consent = models.TextField()
    consent_edition = models.PositiveIntegerField()
    signed_at = models.DateTimeField(_("signed at"))
    received_at = models.DateTimeField(_("received at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_link = models.BooleanField(_("signed by link"), default=False)
    settlement = models.CharField(_("decision"), max_length=10, choices=Settlement, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_reason = models.TextField(_("why"), max_length=500, blank=True)
    restricted_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = SignOffs.as_manager()

    class Meta:
        ordering = ["version", "received_at"]
        indexes = [models.Index(fields=["signed_at"], name="sign_off_kept", condition=models.Q(erased_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["visit", "nonce"], name="sign_off_nonce_once"),
            models.UniqueConstraint(
                fields=["visit", "version"],
                condition=models.Q(marks=[]) | models.Q(settlement=Settlement.ACCEPTED),
                name="sign_off_version_once",
            ),
            models.CheckConstraint(
                condition=models.Q(settlement="", settled_at=None, settled_by=None, settled_reason="")
                | (
                    ~models.Q(settlement="")
                    & ~models.Q(settled_reason="")
                    & models.Q(settled_at__isnull=False, settled_by__isnull=False)
                ),
                name="sign_off_settled_by_somebody",
                violation_error_message=_("A decision needs a person, a time and a reason."),
            ),
        ]

    def __str__(self):
        return f"{self.statement['number']} v{self.version}"

    @property
    def is_refusal(self):
        return self.kind == Kind.REFUSED

    @property
    def shown_name(self):
        """Who signed, as long as it may be read on a page: not after the person or the record was erased."""
        return "" if self.restricted_at or self.erased_at else self.signer_name

    @property
    def waits(self):
        """Somebody at headquarters still has to decide on its marks."""
        return bool(self.marks) and not self.settlement

    @property
    def is_ahead(self):
        """It covers entries that had not arrived when it was read; they may only be late."""
        return Mark.ENTRIES_MISSING in self.marks

    @property
    def counts(self):
        return not self.marks or self.settlement == Settlement.ACCEPTED

    @property
    def mark_words(self):
        return [Mark(code).label for code in self.marks]


class Served(models.Model):
    """What a closed record was about, as it stood when it was closed: its order, and each piece of equipment with the symptom.

    Two visits with the same `thing` close after each other are a fault that came back.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="served")
    thing = models.CharField(max_length=40)
    arrived_at = models.DateTimeField()
    departed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "thing"], name="served_once")]
        indexes = [models.Index(fields=["thing", "departed_at"], name="served_thing")]

    def __str__(self):
        return f"{self.visit_id} {self.thing}"


class SignNonce(models.Model):
    """Issued when the laptop is handed over, or in advance to a laptop that takes the visit along; what is signed names it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="nonces")
    nonce = models.CharField(max_length=32)
    device = models.ForeignKey(Device, models.CASCADE, null=True, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "nonce"], name="nonce_once")]

    def __str__(self):
        return self.nonce

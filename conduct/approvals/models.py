from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.people.access import Role

from .states import KINDS, TRANSITIONS, ApprovalState


class Approval(models.Model):
    """One question to one person, or to whoever holds a role: may this be? Whatever it is about, `origin` and `reference` know.

    `subject` and `url` tell the one who decides what it is about and where it can be read.
    """

    TRANSITIONS = TRANSITIONS
    CODES = {"kind": KINDS}

    number = models.CharField(_("number"), max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    origin = models.CharField(max_length=20)
    reference = models.CharField(_("about"), max_length=40)
    subject = models.CharField(_("subject"), max_length=200)
    url = models.CharField(max_length=200, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked of")
    )
    asked_of_role = models.CharField(_("asked of the role"), max_length=20, choices=Role, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ApprovalState, default=ApprovalState.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision = models.TextField(_("reason of the decision"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("approval")
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="approval_asked"),
            models.Index(fields=["asked_by", "-asked_at", "-id"], name="approval_asked_by"),
            models.Index(fields=["decided_by", "-asked_at", "-id"], name="approval_decided_by"),
            models.Index(fields=["origin", "reference"], name="approval_about"),
            models.Index(fields=["-asked_at", "-id"], name="approval_waiting", condition=Q(state="asked")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "reference", "kind"],
                condition=Q(state="asked"),
                name="approval_asked_once",
                violation_error_message=_("This was asked already and waits for a decision."),
            ),
            models.CheckConstraint(
                condition=Q(asked_of=None) ^ Q(asked_of_role=""),
                name="approval_of_a_person_or_a_role",
                violation_error_message=_("An approval is asked of a person or of a role."),
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None, decided_at=None)
                | (~Q(state="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="approval_decided_by_and_at",
                violation_error_message=_("A decision needs a person and a time."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"]) | ~Q(decided_by=F("asked_by")),
                name="approval_not_to_oneself",
                violation_error_message=_("Nobody can give an approval to oneself."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision=""),
                name="approval_refused_with_a_reason",
                violation_error_message=_("Say why it is refused."),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("approvals:detail", args=[self.number])

    def is_own(self, user):
        """Who asked, who is asked, who decided."""
        asked = self.asked_of_id == user.pk or (self.asked_of_role and self.asked_of_role in user.roles)
        return bool(asked) or user.pk in (self.asked_by_id, self.decided_by_id)

    @property
    def kind_words(self):
        return KINDS.get(self.kind, self.kind)

    @property
    def is_open(self):
        return self.state == ApprovalState.ASKED

    @property
    def asked_of_words(self):
        return self.asked_of.name if self.asked_of_id else self.get_asked_of_role_display()

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visits.orders.models import ScopeItem, WorkOrder
from visits.records.kinds import NeedDecision, QuestionKind
from visits.records.models import Entry
from visits.schedule.models import Visit

from .states import ASKED_OF, TRANSITIONS, ScopeState


class SiteQuestion(models.Model):
    """A question that the engineer asks headquarters from the site. `kind` says whom, `due_at` until when it is to be answered.

    `told` is the answer that the engineer says was given by telephone: what, by whom, when and how stand in it. Headquarters confirms it
    by answering.
    """

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="site_questions")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    kind = models.CharField(_("what it is about"), max_length=15, choices=QuestionKind)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("to be answered by"), null=True)
    told = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", db_index=False)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["answered_at", "-asked_at", "-id"], name="question_open")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="question_answered_by_and_at",
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("escalations:question", args=[self.number])

    @property
    def asked_of(self):
        """The role that answers questions of this kind, in words."""
        return ASKED_OF[self.kind][0].label

    def is_late(self, at):
        """Nobody answered in time, or somebody only later; who was told by telephone does not wait."""
        answered_at = self.told.received_at if self.told_id else self.answered_at
        return self.due_at is not None and (answered_at or at) > self.due_at

    @property
    def is_claimed(self):
        """Answered by telephone, as the engineer says; headquarters has not confirmed it yet."""
        return self.told_id is not None and self.answered_at is None


class ScopeChange(models.Model):
    """A new need outside of the scope. The engineer notes it; headquarters decides, or confirms what was said by telephone.

    `claimed` is the decision that the engineer says was given by telephone; who gave it, when and how stand in `entry`. `called`
    says with whom headquarters settled it, when and how. `item` is the scope item that came of it, `order` the new order.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="scope_changes")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    text = models.CharField(_("what is needed"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=ScopeState, default=ScopeState.WAITING)
    claimed = models.CharField(_("decided by telephone"), max_length=10, choices=NeedDecision, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    called = models.CharField(_("by what call"), max_length=200, blank=True)
    reason = models.TextField(_("in writing"), max_length=2000, blank=True)
    item = models.OneToOneField(ScopeItem, models.SET_NULL, null=True, related_name="scope_change")
    order = models.OneToOneField(WorkOrder, models.PROTECT, null=True, related_name="scope_change")

    class Meta:
        verbose_name = _("scope change")
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="scope_change_asked"),
            models.Index(
                fields=["-asked_at", "-id"], name="scope_change_open", condition=models.Q(state__in=["waiting", "claimed"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "claimed"], decided_at=None, decided_by=None, called="")
                | (
                    models.Q(state__in=["do_now", "new_order", "refused"], decided_at__isnull=False, decided_by__isnull=False)
                    & ~models.Q(called="")
                ),
                name="scope_change_decided_by_whom",
                violation_error_message=_("A decision needs a person, a time and the call."),
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("escalations:scope_change", args=[self.number])

    @property
    def is_open(self):
        return self.state in (ScopeState.WAITING, ScopeState.CLAIMED)

    @property
    def is_contested(self):
        """Headquarters decided otherwise than the engineer says it did by telephone."""
        return bool(self.claimed) and not self.is_open and self.state != self.claimed

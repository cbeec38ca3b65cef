from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.base.days import day_of
from conduct.customers.models import Site
from visits.records.models import Entry
from visits.schedule.models import Visit

from .states import TRANSITIONS, PromiseState


class Promise(models.Model):
    """What we promised a customer, by when, and who sees to it (rule work.promises).

    `entry` is the promise of a visit's record; one that headquarters gave has none. What is changed by agreement ends, and
    another one follows it. `due` is a day at the site.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="promises", verbose_name=_("site"))
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="promises")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="promise")
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following")
    text = models.TextField(_("what was promised"), max_length=4000)
    due = models.DateField(_("due on"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises", verbose_name=_("who sees to it"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_why = models.TextField(_("how, or why not"), max_length=1000, blank=True)
    agreed_with = models.CharField(_("agreed with (at the customer's)"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("promise")
        indexes = [
            models.Index(fields=["due", "id"], name="promise_open", condition=models.Q(state="open")),
            models.Index(fields=["-due", "-id"], name="promise_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None, settled_by=None)
                | (models.Q(settled_at__isnull=False, settled_by__isnull=False) & ~models.Q(state="open")),
                name="promise_settled_by_somebody",
                violation_error_message=_("A decision needs a person and a time."),
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("promises:promise", args=[self.number])

    def is_own(self, user):
        return self.owner_id == user.pk

    @property
    def is_open(self):
        return self.state == PromiseState.OPEN

    def is_late(self, at):
        """Open after its day, or kept only then."""
        moment = at if self.is_open else self.settled_at
        return self.state in (PromiseState.OPEN, PromiseState.KEPT) and day_of(moment, self.site.time_zone) > self.due

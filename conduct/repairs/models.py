from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.customers.models import Equipment
from conduct.files.models import StoredFile

from .states import (
    TRANSITIONS,
    Disturbance,
    HelpFrom,
    PauseReason,
    Quadrant,
    Source,
    Step,
    TeachingFirst,
    TicketState,
    Told,
    TurnedAway,
    Verdict,
)

STAFF = settings.AUTH_USER_MODEL
LONG = [MaxLengthValidator(2000)]
OPEN = models.Q(queue_key__isnull=False)


def _who():
    return models.ForeignKey(STAFF, models.PROTECT, null=True, related_name="+")


class RepairPolicy(models.Model):
    """How tickets are sorted and timed, from `made_at` on. A change is a new version; a deadline names the one it came from."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    made_at = models.DateTimeField(_("valid from"))
    made_by = _who()
    reason = models.CharField(_("why it is changed"), max_length=300, blank=True)
    teaching_first = models.CharField(
        _("teaching equipment"), max_length=10, choices=TeachingFirst, default=TeachingFirst.OVER_ALL
    )
    soon_percent = models.PositiveSmallIntegerField(
        _("a deadline is near when this share of the time is used, in percent"),
        default=75,
        validators=[MinValueValidator(50), MaxValueValidator(95)],
    )
    late_hours = models.PositiveSmallIntegerField(
        _("the manager is told this many hours after a missed deadline"), default=24, validators=[MinValueValidator(1)]
    )
    reopen_days = models.PositiveSmallIntegerField(_("days in which a reporter may reopen"), default=7)
    repeat_months = models.PositiveSmallIntegerField(_("months in which a fault counts as repeated"), default=3)

    class Meta:
        verbose_name = _("repair policy")

    def __str__(self):
        return f"{self.version}"


class QuadrantRule(models.Model):
    """Working minutes to answer and to finish in one quadrant of one policy."""

    policy = models.ForeignKey(RepairPolicy, models.CASCADE, related_name="rules")
    quadrant = models.CharField(_("quadrant"), max_length=2, choices=Quadrant)
    answer_minutes = models.PositiveIntegerField(_("working minutes to answer"))
    finish_minutes = models.PositiveIntegerField(_("working minutes to finish"))
    calendar = models.CharField(_("working calendar"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "quadrant"], name="quadrant_rule_once"),
            models.CheckConstraint(
                condition=models.Q(answer_minutes__gt=0) & models.Q(finish_minutes__gte=models.F("answer_minutes")),
                name="quadrant_rule_in_order",
                violation_error_message=_("Finishing cannot be due before answering, and no time at all cannot be kept."),
            ),
        ]

    def __str__(self):
        return f"{self.policy_id} {self.quadrant}"


class RepairTicket(models.Model):
    """Something is broken: from the report to the reporter's having been told.

    `queue_key` orders what is open and is null for what is not; `next_step_at` is when a deadline next has something to
    say; `seen_version` counts re-triages, so that a stale page is told.
    """

    TRANSITIONS = TRANSITIONS

    number = models.CharField(_("number"), max_length=16, unique=True)
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="tickets", verbose_name=_("equipment"))
    is_teaching = models.BooleanField(_("teaching equipment"), default=False)
    source = models.CharField(_("came by"), max_length=10, choices=Source)
    fault = models.TextField(_("what is wrong"), validators=LONG)
    disturbance = models.CharField(_("how disturbing"), max_length=10, choices=Disturbance, default=Disturbance.HINDERS)
    reporter = models.ForeignKey(STAFF, models.PROTECT, null=True, blank=True, related_name="reported_tickets")
    reporter_name = models.CharField(_("reported by"), max_length=60)
    reporter_contact = models.CharField(_("telephone or e-mail"), max_length=80, blank=True)
    follow_sha256 = models.CharField(max_length=64, unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=TicketState, default=TicketState.REPORTED)
    quadrant = models.CharField(_("quadrant"), max_length=2, choices=Quadrant, blank=True)
    first_quadrant = models.CharField(max_length=2, choices=Quadrant, blank=True, editable=False)
    seen_version = models.PositiveSmallIntegerField(default=0, editable=False)
    assigned_to = models.ForeignKey(
        STAFF, models.PROTECT, null=True, blank=True, related_name="assigned_tickets", verbose_name=_("technician")
    )
    proposed_to = models.ForeignKey(
        STAFF, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("technician whose line manager is asked")
    )
    carried_by = models.CharField(_("goes on under"), max_length=40, blank=True)
    verdict = models.CharField(_("judgement on the spot"), max_length=10, choices=Verdict, blank=True)
    verdict_note = models.TextField(_("what was found"), blank=True, validators=LONG)
    cause = models.TextField(_("cause"), blank=True, validators=LONG)
    work_done = models.TextField(_("what was done"), blank=True, validators=LONG)
    work_minutes = models.PositiveIntegerField(_("working time in minutes"), null=True, blank=True)
    cost = models.DecimalField(
        _("cost in yuan"), max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    feedback = models.TextField(_("what the reporter was told"), blank=True, validators=LONG)
    told_how = models.CharField(_("told"), max_length=10, choices=Told, blank=True)
    turned_away_for = models.CharField(_("turned away as"), max_length=10, choices=TurnedAway, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    repeat_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="repeats")

    reported_at = models.DateTimeField(_("reported at"))
    triaged_at = models.DateTimeField(_("sorted at"), null=True, blank=True)
    triaged_by = _who()
    assigned_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    beyond_repair_at = models.DateTimeField(_("found beyond repair at"), null=True, blank=True)
    had_spare = models.BooleanField(_("a spare stood in its place"), default=False)
    fed_back_at = models.DateTimeField(_("reporter told at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True)
    grew_urgent_at = models.DateTimeField(_("became urgent by waiting"), null=True, blank=True)
    paused_since = models.DateTimeField(null=True, blank=True)
    awaits_purchase = models.BooleanField(_("a replacement is being bought"), default=False)

    due_from = models.DateTimeField(null=True, blank=True)
    answer_soon_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_due_at = models.DateTimeField(_("to be taken up by"), null=True, blank=True)
    finish_soon_at = models.DateTimeField(null=True, blank=True, editable=False)
    finish_due_at = models.DateTimeField(_("to be finished by"), null=True, blank=True)
    answer_minutes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    finish_minutes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    next_step_at = models.DateTimeField(null=True, blank=True, editable=False)
    queue_key = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("repair ticket")
        indexes = [
            models.Index(fields=["-reported_at", "-id"], name="ticket_reported"),
            models.Index(fields=["state", "-reported_at", "-id"], name="ticket_state_reported"),
            models.Index(fields=["queue_key", "id"], name="ticket_queue", condition=OPEN),
            models.Index(fields=["quadrant", "queue_key", "id"], name="ticket_quadrant_queue", condition=OPEN),
            models.Index(fields=["assigned_to", "queue_key", "id"], name="ticket_person_queue", condition=OPEN),
            models.Index(fields=["assigned_to", "state", "finished_at"], name="ticket_person_state"),
            models.Index(fields=["equipment", "-reported_at", "-id"], name="ticket_equipment"),
            models.Index(fields=["reporter", "-reported_at", "-id"], name="ticket_reporter"),
            models.Index(fields=["next_step_at"], name="ticket_next_step"),
            models.Index(fields=["first_quadrant", "reported_at", "grew_urgent_at"], name="ticket_first_quadrant"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["reported", "turned_away"]) | ~models.Q(quadrant=""),
                name="ticket_sorted_has_quadrant",
                violation_error_message=_("A ticket is sorted into a quadrant before anything else."),
            ),
            models.CheckConstraint(
                condition=models.Q(triaged_at=None, quadrant="") | models.Q(triaged_at__isnull=False),
                name="ticket_triaged_when",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("repairs:ticket", args=[self.number])

    def is_own(self, user):
        """Who repairs it. A reporter's own tickets are a matter of `queries.tickets_for`."""
        return self.assigned_to_id == user.pk

    @property
    def is_open(self):
        return self.state in TicketState.OPEN

    @property
    def was_late(self):
        """Finished, but after its deadline."""
        return bool(self.finished_at and self.finish_due_at and self.finished_at > self.finish_due_at)

    @property
    def next_due(self):
        """(soon, due) of the deadline that comes next: of the answer until somebody took it up, then of the end."""
        if self.taken_at:
            return self.finish_soon_at, self.finish_due_at
        return self.answer_soon_at, self.answer_due_at


class TicketPhoto(models.Model):
    ticket = models.ForeignKey(RepairTicket, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "file"], name="ticket_photo_once")]

    def __str__(self):
        return f"{self.ticket_id}: {self.file_id}"


class Deadline(models.Model):
    """One version of a ticket's deadlines. Every version is kept; the last one counts and is copied onto the ticket."""

    ticket = models.ForeignKey(RepairTicket, models.PROTECT, related_name="deadlines")
    version = models.PositiveSmallIntegerField(_("version"))
    quadrant = models.CharField(_("quadrant"), max_length=2, choices=Quadrant)
    policy = models.ForeignKey(RepairPolicy, models.PROTECT, null=True, related_name="+")
    due_from = models.DateTimeField(pgettext_lazy("time", "from"))
    answer_due_at = models.DateTimeField(_("to be taken up by"), null=True)
    finish_due_at = models.DateTimeField(_("to be finished by"), null=True)
    unofficial_years = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField()
    by = _who()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="deadline_version_once")]

    def __str__(self):
        return f"{self.ticket_id} v{self.version}"


class Pause(models.Model):
    """Time that counts for nobody, with its reason. `expected_until` is when somebody said that it would end."""

    ticket = models.ForeignKey(RepairTicket, models.PROTECT, related_name="pauses")
    reason = models.CharField(_("reason"), max_length=10, choices=PauseReason)
    note = models.CharField(_("note"), max_length=300, blank=True)
    started_at = models.DateTimeField()
    started_by = _who()
    expected_until = models.DateField(_("expected to end on"))
    ended_at = models.DateTimeField(null=True)
    ended_by = _who()

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=models.Q(ended_at=None), name="one_open_pause"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("started_at")), name="pause_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.reason}"


class Help(models.Model):
    """A technician asks the academic department or an engineer at headquarters."""

    ticket = models.ForeignKey(RepairTicket, models.PROTECT, related_name="help_asked")
    asked_of = models.CharField(_("asked of"), max_length=12, choices=HelpFrom)
    question = models.TextField(_("question"), validators=LONG)
    asked_at = models.DateTimeField()
    asked_by = _who()
    answer = models.TextField(_("answer"), blank=True, validators=LONG)
    answered_at = models.DateTimeField(null=True)
    answered_by = _who()

    class Meta:
        ordering = ["asked_at"]

    def __str__(self):
        return f"{self.ticket_id} {self.asked_of}"


class StepTaken(models.Model):
    """Somebody was told of a deadline's moment: once for each version of the deadline."""

    ticket = models.ForeignKey(RepairTicket, models.PROTECT, related_name="steps_taken")
    version = models.PositiveSmallIntegerField()
    deadline = models.CharField(max_length=6, choices=[("answer", _("to be taken up")), ("finish", _("to be finished"))])
    step = models.CharField(max_length=4, choices=Step)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "version", "deadline", "step"], name="step_taken_once")]

    def __str__(self):
        return f"{self.ticket_id} {self.deadline} {self.step}"

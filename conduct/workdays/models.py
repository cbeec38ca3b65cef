from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.customers.models import Customer

from .calendar import format_hours, minutes_a_day

NINE_TO_SIX = [[540, 720], [780, 1080]]
COUNTRIES = [("", _("no public holidays")), ("CN", _("China"))]


def ordinary_week():
    return [NINE_TO_SIX] * 5 + [[], []]


def ordinary_day():
    return NINE_TO_SIX


class WorkCalendar(models.Model):
    """Working hours as data. `week` holds seven lists of [opens, closes] in minutes from Monday on, `makeup` one for make-up days."""

    code = models.SlugField(_("code"), max_length=20, unique=True, error_messages={"unique": _("This code is taken.")})
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    country = models.CharField(_("public holidays"), max_length=2, choices=COUNTRIES, blank=True, default="CN")
    week = models.JSONField(default=ordinary_week)
    makeup = models.JSONField(default=ordinary_day)
    is_standard = models.BooleanField(_("the company's standard calendar"), default=False)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("working calendar")
        constraints = [
            models.UniqueConstraint(
                fields=["is_standard"], condition=models.Q(is_standard=True), name="work_calendar_one_standard",
                violation_error_message=_("There is a standard calendar already."),
            )
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("workdays:calendar", args=[self.code])

    @property
    def minutes_a_week(self):
        return sum(minutes_a_day(day) for day in self.week)


class OfficialYear(models.Model):
    """A year whose public holidays and make-up days are known. A year without a row here is not known, and nobody guesses it."""

    country = models.CharField(max_length=2, choices=COUNTRIES)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=120)
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "year"], name="official_year_once")]

    def __str__(self):
        return f"{self.country} {self.year}"


class OfficialDay(models.Model):
    """A public holiday, or a day that is worked in exchange for one."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("public holiday")
        MAKEUP = "makeup", _("make-up day")

    year = models.ForeignKey(OfficialYear, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "day"], name="official_day_once")]

    def __str__(self):
        return f"{self.day} {self.name}"


class OwnDay(models.Model):
    """A calendar's own day: closed when `hours` is empty, else with other hours. It outweighs the public calendar."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="own_days")
    day = models.DateField(_("day"))
    hours = models.JSONField(_("hours"), default=list, blank=True)
    name = models.CharField(_("occasion"), max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="own_day_once")]

    def __str__(self):
        return f"{self.day} {self.name}"

    @property
    def hours_text(self):
        return format_hours(self.hours)


class Freeze(models.Model):
    """Days in which a customer lets nobody work. Both ends are included."""

    class Kind(models.TextChoices):
        EXAMS = "exams", _("exams")
        ACCOUNTS = "accounts", _("closing of accounts")
        OTHER = "other", pgettext_lazy("reason", "something else")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="freezes", verbose_name=_("customer"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    note = models.CharField(_("note"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("freeze")
        indexes = [models.Index(fields=["-first", "-id"], name="freeze_first")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="freeze_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.customer}: {self.first} – {self.last}"


class CalendarChange(models.Model):
    """A change that may move deadlines given before: of one calendar, of a country's holidays, or of a customer's freezes.

    `first` and `last` bound the days that differ; None is open. `decision` says what became of the deadlines.
    """

    class Decision(models.TextChoices):
        OPEN = "", _("not decided")
        NOTHING = "nothing", _("nothing depended on it")
        KEPT = "kept", pgettext_lazy("deadlines", "kept")
        RENEWED = "renewed", pgettext_lazy("deadlines", "worked out anew")

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, null=True, related_name="changes")
    country = models.CharField(max_length=2, blank=True, choices=COUNTRIES)
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="calendar_changes")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    at = models.DateTimeField(_("changed at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(_("deadlines given before"), max_length=8, choices=Decision, blank=True, default="")
    renewed = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=["", "nothing"], decided_at=None)
                | models.Q(decision__in=["kept", "renewed"], decided_at__isnull=False, decided_by__isnull=False),
                name="calendar_change_decided_by_somebody",
            )
        ]

    def __str__(self):
        return str(self.calendar or self.customer or self.country)

    def get_absolute_url(self):
        return reverse("workdays:change", args=[self.pk])

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.files.models import StoredFile
from conduct.people.access import Role

CONSENT_ZH = "本人确认以上内容与实际服务相符，并同意以电子签名方式签署本记录。"
CONSENT_EN = "I confirm that the above states the service as it was provided, and agree to sign this record electronically."
telephone = RegexValidator(r"^[0-9+()\- 转]{5,30}$", _("A telephone number has digits, spaces, +, - and brackets only."))


class Company(models.Model):
    """Whose software this is. There is one row; `queries.company()` reads it."""

    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    logo = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    hotline = models.CharField(_("hotline"), max_length=30, validators=[telephone])
    fax = models.CharField(_("headquarters' fax"), max_length=30, validators=[telephone], blank=True)
    mailbox = models.EmailField(_("headquarters' mailbox"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    consent_zh = models.TextField(_("consent wording, Chinese"), max_length=1000, default=CONSENT_ZH)
    consent_en = models.TextField(_("consent wording, English"), max_length=1000, default=CONSENT_EN)
    consent_edition = models.PositiveIntegerField(_("edition of the consent wording"), default=1)
    public_address = models.URLField(
        _("public address"),
        help_text=_("What the QR codes on papers point to, such as https://service.example.com"),
        default="http://127.0.0.1:8000",
    )
    project_numbers = models.TextField(
        _("numbers given to project staff"),
        max_length=2000,
        blank=True,
        help_text=_("One a line. These may stand in what customers get; private ones may not."),
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    second_factor_roles = models.JSONField(_("roles that need a second factor"), default=list, blank=True)
    trip_report_days = models.PositiveSmallIntegerField(
        _("working days after a trip for its report and expenses"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    answer_minutes = models.PositiveSmallIntegerField(
        _("minutes in which a question from the site is to be answered"),
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
    )
    not_reached_attempts = models.PositiveSmallIntegerField(_("calls before a customer counts as not reached"), default=3)

    class Meta:
        verbose_name = _("company")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="company_is_one_row")]

    def __str__(self):
        return self.name

    def name_in(self, language):
        return (self.name_en or self.name) if language == "en" else self.name

    def consent_in(self, language):
        return self.consent_en if language == "en" else self.consent_zh

    def get_second_factor_roles_display(self):
        return ", ".join(str(Role(role).label) for role in self.second_factor_roles if role in Role.values)

    def needs_second_factor(self, roles):
        return bool(set(self.second_factor_roles) & set(roles) & set(Role.values))

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import access
from .access import Role


class Department(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("department head")
    )

    class Meta:
        verbose_name = _("department")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("people:department", args=[self.name])


class StaffManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class Staff(AbstractBaseUser):
    """A person of the company who can sign in. What the person may do comes from the roles, see access.py."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Somebody already has this user name.")},
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("department")
    )
    line_manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("line manager")
    )
    executive = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("executive in charge")
    )
    is_active = models.BooleanField(_("works here"), default=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    left_at = models.DateTimeField(_("left at"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_absolute_url(self):
        return reverse("people:detail", args=[self.username])

    @cached_property
    def roles(self):
        """The role codes of this person; one query per request."""
        return frozenset(self.staff_roles.values_list("role", flat=True))

    @property
    def roles_key(self):
        """What pages look like depends on this: the roles, and whether the person is still here."""
        return "+".join(sorted(self.roles)) if self.is_active else ""

    def may(self, permission, obj=None):
        return access.may(self, permission, obj)


class StaffRole(models.Model):
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    given_by = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "role"], name="staff_role_once")]

    def __str__(self):
        return self.get_role_display()


class Skill(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("skill")

    def __str__(self):
        return self.name


class Engineer(models.Model):
    """What dispatching needs to know of a person who goes on site."""

    class Standing(models.TextChoices):
        EMPLOYEE = "employee", _("employee")
        OUTSTATION = "outstation", _("outstation contractor")

    number = models.CharField(_("number"), max_length=12, unique=True)
    staff = models.OneToOneField(Staff, models.PROTECT, related_name="engineer", verbose_name=_("person"))
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.EMPLOYEE)
    region = models.CharField(_("region"), max_length=40, blank=True)
    home_city = models.CharField(_("home city"), max_length=40)
    agreed_fee = models.DecimalField(_("agreed fee a visit, in yuan"), max_digits=9, decimal_places=2, null=True, blank=True)
    skills = models.ManyToManyField(Skill, blank=True, related_name="engineers", verbose_name=_("skills"))
    barred_until = models.DateField(_("barred until"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("role", "engineer")

    def __str__(self):
        return self.staff.name

    def is_own(self, user):
        return self.staff_id == user.pk


class Certificate(models.Model):
    engineer = models.ForeignKey(Engineer, models.CASCADE, related_name="certificates")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, verbose_name=_("skill"))
    name = models.CharField(_("name"), max_length=80)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("certificate")

    def __str__(self):
        return self.name

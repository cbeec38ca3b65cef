from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.people.models import Department


class Customer(models.Model):
    number = models.CharField(_("number"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=40)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("customer")
        indexes = [models.Index(fields=["name", "id"], name="customer_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("customers:customer", args=[self.number])


class Site(models.Model):
    number = models.CharField(_("number"), max_length=12, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="sites", verbose_name=_("customer"))
    name = models.CharField(_("name"), max_length=100)
    city = models.CharField(_("city"), max_length=40)
    address = models.CharField(_("address"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    access_hours = models.CharField(_("access hours"), max_length=100, blank=True)
    supervisor_name = models.CharField(_("customer's supervisor"), max_length=60, blank=True)
    supervisor_telephone = models.CharField(_("supervisor's telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=30, blank=True)
    is_own_premises = models.BooleanField(
        _("our own premises"), default=False, help_text=_("Everybody of the company may report what is broken here.")
    )
    department = models.ForeignKey(
        Department,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
        help_text=_("On our own premises: technicians of other departments work here on their line manager's order only."),
    )

    class Meta:
        verbose_name = _("site")
        indexes = [models.Index(fields=["name", "id"], name="site_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("customers:site", args=[self.number])


class Contact(models.Model):
    site = models.ForeignKey(Site, models.PROTECT, related_name="contacts", verbose_name=_("site"))
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    position = models.CharField(_("position"), max_length=60, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("still there"), default=True)
    left_at = models.DateTimeField(_("left at"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    class Meta:
        verbose_name = _("contact")

    def __str__(self):
        return self.name


class Equipment(models.Model):
    number = models.CharField(_("number"), max_length=12, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="equipment", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=100)
    category = models.CharField(_("category"), max_length=40, blank=True)
    model = models.CharField(_("model"), max_length=60, blank=True)
    serial = models.CharField(_("serial number"), max_length=60, blank=True)
    installed_on = models.DateField(_("installed on"), null=True, blank=True)
    warranty_until = models.DateField(_("under warranty until"), null=True, blank=True)
    is_teaching = models.BooleanField(_("used for teaching"), default=False)
    label = models.CharField(_("label"), max_length=12, unique=True, null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("equipment")
        indexes = [
            models.Index(fields=["name", "id"], name="equipment_name"),
            models.Index(Lower("serial"), name="equipment_serial"),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"

    def get_absolute_url(self):
        return reverse("customers:equipment", args=[self.number])


class SiteWord(models.Model):
    """A word under which a site is found by its beginning; `finding.py` says which, `indexing.py` keeps them."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "word"], name="site_word_once")]
        indexes = [models.Index(fields=["word", "id", "site"], name="site_word")]  # the site for its answer, not for the order

    def __str__(self):
        return self.word

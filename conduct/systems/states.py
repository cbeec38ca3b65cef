from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token is good for; what its person may not do, it may not do either."""

    ORDERS_READ = "orders:read", _("read work orders")
    ORDERS_WRITE = "orders:write", _("raise work orders")
    VISITS_READ = "visits:read", _("read visits")
    CUSTOMERS_READ = "customers:read", _("read customers and sites")
    EQUIPMENT_READ = "equipment:read", _("read equipment")
    PAPERS_READ = "papers:read", _("read service reports")

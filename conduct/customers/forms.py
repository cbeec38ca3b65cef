from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm
from conduct.base.unseen import SeenForm
from conduct.people.forms import ZONES

from .models import Contact, Customer, Equipment, Site

DATE = {"type": "date"}


class CustomerForm(SeenForm, ModelForm):
    class Meta:
        model = Customer
        fields = ["name", "short_name", "city", "telephone", "email", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class SiteForm(SeenForm, ModelForm):
    class Meta:
        model = Site
        fields = [
            "customer", "name", "city", "address", "time_zone", "access_hours", "supervisor_name",
            "supervisor_telephone", "fax", "is_own_premises", "department",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(label=_("time zone"), choices=ZONES, initial="Asia/Shanghai")
        self.fields["customer"].queryset = Customer.objects.order_by("name")


class ContactForm(SeenForm, ModelForm):
    class Meta:
        model = Contact
        fields = ["name", "position", "telephone", "email", "is_active"]


class EquipmentForm(SeenForm, ModelForm):
    class Meta:
        model = Equipment
        fields = ["site", "name", "category", "model", "serial", "installed_on", "warranty_until", "is_teaching", "is_active"]
        widgets = {"installed_on": forms.DateInput(attrs=DATE), "warranty_until": forms.DateInput(attrs=DATE)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.select_related("customer").order_by("customer__name", "name")
        self.fields["site"].label_from_instance = lambda site: f"{site.customer.name} · {site.name}"

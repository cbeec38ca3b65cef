from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm
from conduct.base.unseen import SeenForm
from conduct.people.access import Role
from conduct.people.forms import ZONES

from .models import Company


class CompanyForm(SeenForm, ModelForm):
    logo_picture = forms.ImageField(label=_("logo"), required=False)
    second_factor_roles = forms.MultipleChoiceField(
        label=_("roles that need a second factor"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Company
        fields = [
            "name", "name_en", "hotline", "fax", "mailbox", "address", "project_numbers", "public_address", "time_zone",
            "consent_zh", "consent_en", "answer_minutes", "not_reached_attempts", "trip_report_days", "second_factor_roles",
        ]  # fmt: skip
        widgets = {"project_numbers": forms.Textarea(attrs={"rows": 3}), "consent_zh": forms.Textarea(attrs={"rows": 3}), "consent_en": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(label=_("time zone"), choices=ZONES)

import zoneinfo

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm

from .access import Role
from .models import Certificate, Engineer, Staff

ZONES = [(name, name) for name in sorted(zoneinfo.available_timezones()) if "/" in name and not name.startswith("Etc")]


class StaffForm(ModelForm):
    roles = forms.MultipleChoiceField(label=_("roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False)
    password = forms.CharField(
        label=_("new password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave it empty to keep the present one."),
    )

    class Meta:
        model = Staff
        fields = [
            "username", "name", "email", "telephone", "department", "line_manager", "executive",
            "language", "time_zone", "is_active",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(label=_("time zone"), choices=ZONES)
        self.fields["password"].required = self.instance.pk is None
        colleagues = Staff.objects.filter(is_active=True).exclude(pk=self.instance.pk).order_by("name")
        self.fields["line_manager"].queryset = self.fields["executive"].queryset = colleagues
        if self.instance.pk:
            self.initial["roles"] = list(self.instance.roles)
        else:
            self.fields["password"].help_text = ""

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password


class EngineerForm(ModelForm):
    class Meta:
        model = Engineer
        fields = ["standing", "region", "home_city", "agreed_fee", "skills", "barred_until"]
        widgets = {"skills": forms.CheckboxSelectMultiple, "barred_until": forms.DateInput(attrs={"type": "date"})}


class CertificateForm(ModelForm):
    class Meta:
        model = Certificate
        fields = ["name", "skill", "valid_until"]
        widgets = {"valid_until": forms.DateInput(attrs={"type": "date"})}


class SettingsForm(Form):
    language = forms.ChoiceField(label=_("language"), choices=Staff._meta.get_field("language").choices)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=ZONES)

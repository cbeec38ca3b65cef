import zoneinfo

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm

from .access import Role
from .models import Certificate, Department, Engineer, Staff

ZONES = [(name, name) for name in sorted(zoneinfo.available_timezones()) if "/" in name and not name.startswith("Etc")]


class PersonField(forms.ModelChoiceField):
    """Somebody who works here and has a role, by user name."""

    def __init__(self, **kwargs):
        people = Staff.objects.filter(is_active=True, staff_roles__isnull=False).distinct().order_by("name", "pk")
        super().__init__(people, to_field_name="username", **kwargs)

    def label_from_instance(self, obj):
        return obj.name


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
        fields = ["standing", "region", "home_city", "agreed_fee", "skills"]
        widgets = {"skills": forms.CheckboxSelectMultiple}


class CertificateForm(ModelForm):
    class Meta:
        model = Certificate
        fields = ["name", "skill", "valid_until"]
        widgets = {"valid_until": forms.DateInput(attrs={"type": "date"})}


class SettingsForm(Form):
    language = forms.ChoiceField(label=_("language"), choices=Staff._meta.get_field("language").choices)
    time_zone = forms.ChoiceField(label=_("time zone"), choices=ZONES)


class DepartmentForm(ModelForm):
    """A department, its head, and who leads each of its people."""

    class Meta:
        model = Department
        fields = ["name", "head"]

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        here = Staff.objects.filter(is_active=True).order_by("name")
        self.fields["head"].queryset = here
        names = list(here.values_list("pk", "name"))
        self.people = {person.pk: person for person in people}
        for pk, person in self.people.items():
            choices = [("", "—"), *((key, name) for key, name in names if key != pk)]
            for field, label in (("line_manager", _("line manager")), ("executive", _("executive in charge"))):
                self.fields[f"{field}_{pk}"] = forms.TypedChoiceField(
                    label=label, choices=choices, coerce=int, empty_value=None, required=False,
                    initial=getattr(person, f"{field}_id"),
                )  # fmt: skip

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if "/" in name or name == "new":
            raise forms.ValidationError(_("A department's name stands in its address: choose one without a stroke, and not “new”."))
        return name

    @property
    def rows(self):
        """[(person, the line manager's field, the executive's field), …]"""
        return [(person, self[f"line_manager_{pk}"], self[f"executive_{pk}"]) for pk, person in self.people.items()]

    @property
    def lines(self):
        """[(person, line manager's key or None, executive's key or None), …] of those who get others."""
        found = []
        for pk, person in self.people.items():
            leader, executive = self.cleaned_data[f"line_manager_{pk}"], self.cleaned_data[f"executive_{pk}"]
            if (leader, executive) != (person.line_manager_id, person.executive_id):
                found.append((person, leader, executive))
        return found

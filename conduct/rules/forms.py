from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm

from .models import Edition, Rule
from .states import Enforcement, Trait

WHEN = {"type": "datetime-local"}


class EditionForm(ModelForm):
    class Meta:
        model = Edition
        fields = ["code"]

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not code.replace(".", "").replace("-", "").isalnum():
            raise forms.ValidationError(_("Letters, digits, points and hyphens only, such as 2027.1."))
        return code


class RuleForm(ModelForm):
    when = forms.MultipleChoiceField(label=_("when"), choices=Trait.choices, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Rule
        fields = ["code", "zh", "en", "stage", "enforce", "before", "evidence", "severity", "when", "source", "by_text"]
        widgets = {"zh": forms.Textarea(attrs={"rows": 2}), "en": forms.Textarea(attrs={"rows": 2})}

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if self.instance.edition.rules.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another rule of this edition has this code."))
        return code

    def clean(self):
        data = super().clean()
        if data.get("enforce") in (Enforcement.GATE, Enforcement.CHECK) and not data.get("before"):
            self.add_error("before", _("A gate or check is asked before a step: choose it."))
        return data


class ImportForm(Form):
    file = forms.FileField(label=_("file (YAML or XLSX)"), widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}))


class PublishForm(Form):
    valid_from = forms.DateTimeField(
        label=_("valid from"),
        required=False,
        widget=forms.DateTimeInput(attrs=WHEN),
        help_text=_("Empty: from now on. Visits that are published already keep their edition."),
    )

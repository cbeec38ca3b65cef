from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import LARGEST_SHEET, Form, ModelForm
from conduct.base.unseen import SeenForm, SeenLine

from .catalogue import EDITION_CODE, RULE_CODE
from .models import Edition, Rule
from .queries import last_change
from .states import Enforcement, Trait

WHEN = {"type": "datetime-local"}


class EditionForm(ModelForm):
    class Meta:
        model = Edition
        fields = ["code"]

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not EDITION_CODE.fullmatch(code):
            raise forms.ValidationError(_("An edition's name has up to 20 letters, digits, points and hyphens, such as 2027.1."))
        return code


class RuleForm(SeenForm, ModelForm):
    when = forms.MultipleChoiceField(label=_("when"), choices=Trait.choices, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Rule
        fields = ["code", "zh", "en", "stage", "enforce", "before", "evidence", "severity", "when", "source", "by_text"]
        widgets = {"zh": forms.Textarea(attrs={"rows": 2}), "en": forms.Textarea(attrs={"rows": 2})}

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if not RULE_CODE.fullmatch(code):
            raise forms.ValidationError(
                _("A code is made of letters, digits, _ and -, with a point between chapter and name, such as work.scope_only.")
            )
        return code

    def clean(self):
        data = super().clean()
        if data.get("enforce") in (Enforcement.GATE, Enforcement.CHECK) and not data.get("before"):
            self.add_error("before", _("A gate or check is asked before a step: choose it."))
        return data


class DraftForm(SeenLine, Form):
    """What is done to a draft as a whole: as whoever does it has seen it."""

    def __init__(self, *args, draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.add_seen()

    def newest(self):
        last = last_change(self.draft)
        return last and last.pk


class ImportForm(DraftForm):
    file = forms.FileField(label=_("file (YAML or XLSX)"), widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}))

    def clean_file(self):
        if self.cleaned_data["file"].size > LARGEST_SHEET:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return self.cleaned_data["file"]


class PublishForm(DraftForm):
    valid_from = forms.DateTimeField(
        label=_("valid from"),
        required=False,
        widget=forms.DateTimeInput(attrs=WHEN),
        help_text=_("Empty: from now on. Visits that are published already keep their edition."),
    )

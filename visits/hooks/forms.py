from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form

from .events import choices_of


class HookForm(Form):
    url = forms.URLField(label=_("address that is called"), max_length=250, assume_scheme="https", help_text=_("HTTPS, such as https://erp.example.com/hooks/"))

    def __init__(self, *args, system, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("events"), choices=choices_of(system), widget=forms.CheckboxSelectMultiple
        )

from django import forms

from conduct.base.forms import ModelForm
from conduct.people.models import Staff

from .models import System
from .states import Scope


class SystemForm(ModelForm):
    scopes = forms.MultipleChoiceField(label=System._meta.get_field("scopes").verbose_name, choices=Scope, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = System
        fields = ["name", "acts_for", "scopes", "per_minute"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acts_for"].queryset = Staff.objects.filter(is_active=True).order_by("name")

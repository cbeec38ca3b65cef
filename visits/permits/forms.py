from django import forms

from conduct.base.forms import ModelForm

from .models import EntryPack


class EntryPackForm(ModelForm):
    class Meta:
        model = EntryPack
        fields = [
            "permit_number", "permit_from", "permit_until", "people", "tools", "escort_name", "escort_telephone", "house_rules",
        ]  # fmt: skip
        widgets = {
            "permit_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "permit_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "people": forms.Textarea(attrs={"rows": 4}),
            "tools": forms.Textarea(attrs={"rows": 4}),
            "house_rules": forms.Textarea(attrs={"rows": 4}),
        }

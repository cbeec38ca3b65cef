from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.people.forms import PersonField
from conduct.repairs.states import Disturbance

from .queries import equipment_of


class PointForm(Form):
    """An open point as a ticket: which equipment it is about, how it disturbs, and which photos go along (all of them, at first)."""

    fault = forms.CharField(label=_("what is wrong"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    disturbance = forms.ChoiceField(
        label=_("how disturbing"), choices=Disturbance.choices, widget=forms.RadioSelect, initial=Disturbance.HINDERS
    )

    def __init__(self, *args, visit, photos, **kwargs):
        super().__init__(*args, **kwargs)
        things = equipment_of(visit)
        self.fields["equipment"] = forms.ModelChoiceField(
            things, label=_("equipment"), to_field_name="number", initial=things.filter(orders=visit.order).first()
        )
        self.known = {str(file.pk): (file, caption) for file, caption in photos}
        choices = [(key, caption or file.name) for key, (file, caption) in self.known.items()]
        if choices:
            self.fields["photos"] = forms.MultipleChoiceField(
                label=_("photos that go along"), choices=choices, required=False, initial=list(self.known),
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def facts(self):
        """What `actions.raise_ticket` asks for."""
        data = dict(self.cleaned_data)
        return data | {"photos": [self.known[key] for key in data.pop("photos", [])]}


class ReportForm(Form):
    how = forms.CharField(label=_("reported to whom, and how"), max_length=300)


class CloseForm(Form):
    how = forms.CharField(label=_("what became of it"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class HandOnForm(Form):
    owner = PersonField(label=_("who sees to it"))

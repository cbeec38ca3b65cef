from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form, ModelForm
from conduct.people.models import Staff

from .models import Complaint, ComplaintPolicy
from .queries import possible_owners

TOLD = ("said_by", "way", "received_at", "matter", "text")


def _text(label, **facts):
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **facts)


class ComplaintForm(ModelForm):
    class Meta:
        model = Complaint
        fields = [*TOLD, "owner"]
        labels = {"way": _("how it was said"), "received_at": _("when it was said")}
        when = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        widgets = {"received_at": when, "text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners()

    def facts(self):
        return {"told": {name: self.cleaned_data[name] for name in TOLD}, "owner": self.cleaned_data["owner"]}


class InvestigateForm(Form):
    text = _text(_("what had happened, and its cause"))
    justified = forms.TypedChoiceField(
        label=_("is the customer right?"),
        choices=[("yes", pgettext_lazy("complaint", "yes, justified")), ("no", pgettext_lazy("complaint", "no, not justified"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class CallForm(Form):
    said_to = forms.CharField(label=_("whom you told on the telephone"), max_length=80)
    text = _text(_("what you told the customer, and what was answered"))


class ImproveForm(Form):
    text = _text(_("what becomes better, so that it does not happen again"))
    who = forms.ModelChoiceField(Staff.objects.filter(is_active=True).order_by("name"), label=_("who does it"))
    until = forms.DateField(label=_("until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CloseForm(Form):
    text = _text(_("what you looked at, and whether it became better"))


class ReopenForm(Form):
    reason = _text(_("why"))


class HandOnForm(Form):
    to = forms.ModelChoiceField(Staff.objects.none(), label=_("to whom"))
    reason = forms.CharField(label=_("why"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = possible_owners()


class PolicyForm(ModelForm):
    class Meta:
        model = ComplaintPolicy
        fields = ["answer_hours", "improve_hours"]

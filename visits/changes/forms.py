from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm
from conduct.people.models import Staff

from .models import ChangeApproval
from .queries import approvers

WHEN = "%Y-%m-%dT%H:%M"


class ChangeForm(ModelForm):
    class Meta:
        model = ChangeApproval
        fields = [
            "title", "requested_name", "window_from", "window_to", "duration_minutes", "steps", "way_back", "rehearsal", "backup", "locks",
            "announcement", "tests_before", "tests_after",
        ]  # fmt: skip
        widgets = {
            **{name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN) for name in ("window_from", "window_to")},
            "steps": forms.Textarea(attrs={"rows": 6}),
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("way_back", "rehearsal", "backup", "locks", "announcement", "tests_before", "tests_after")
            },
        }


class ApproverModelChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.name


class AskForm(Form):
    approver = ApproverModelChoice(
        label=_("who approves for us"),
        help_text=_("The manager of the order's project; without one a technical manager or a manager."),
        queryset=Staff.objects.none(),
    )

    def __init__(self, *args, visit, asker, **kwargs):
        super().__init__(*args, **kwargs)
        people = approvers(visit, asker)
        self.fields["approver"].queryset = people
        if len(people) == 1:
            self.initial["approver"] = people[0].pk


class SignedForm(Form):
    signer_name = forms.CharField(label=_("signed by"), max_length=80)
    signer_position = forms.CharField(label=_("position"), max_length=80, required=False)
    signed_at = forms.DateTimeField(
        label=_("signed at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)
    )
    copy = forms.FileField(label=_("photo or scan of the signed form"))


class WithdrawForm(Form):
    reason = forms.CharField(label=_("why"), max_length=300)


class ReviewForm(Form):
    review = forms.CharField(label=_("review"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.people.models import Staff


class DecisionForm(Form):
    reason = forms.CharField(
        label=_("reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for a refusal."),
    )


class ReviewForm(Form):
    """What somebody wrote is good, or goes back with what has to change. `GOOD` says what the yes brings about."""

    GOOD = ""

    good = forms.TypedChoiceField(label=_("decision"), coerce=lambda value: value == "yes", widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("remark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when it goes back."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["good"].choices = [("yes", self.GOOD), ("no", _("Back to the author, with what has to change."))]


class HandOnForm(Form):
    prefix = "hand"

    def __init__(self, *args, approval, **kwargs):
        super().__init__(*args, **kwargs)
        others = Staff.objects.filter(is_active=True).exclude(pk__in=[approval.asked_by_id, approval.asked_of_id or 0])
        self.fields["to"] = forms.ModelChoiceField(others.order_by("name"), label=_("person"))
        self.fields["reason"] = forms.CharField(label=_("reason"), max_length=300)

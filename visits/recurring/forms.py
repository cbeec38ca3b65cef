from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm
from conduct.customers.models import Contact, Equipment
from visits.orders.forms import TRAITS, scope_lines

from .models import RecurringPlan

DATE, TIME = {"type": "date"}, {"type": "time"}


class PlanForm(ModelForm):
    """A recurring plan of one site; contact and equipment are the site's."""

    traits = forms.MultipleChoiceField(label=_("traits"), choices=TRAITS, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = RecurringPlan
        fields = [
            "name", "rhythm", "interval", "first_on", "last_on", "from_time", "until_time", "holidays", "lead_days", "contact",
            "equipment", "reported_fault", "scope", "traits", "priority", "duration_minutes", "skills", "certified",
        ]  # fmt: skip
        widgets = {
            "first_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "last_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "from_time": forms.TimeInput(attrs=TIME, format="%H:%M"),
            "until_time": forms.TimeInput(attrs=TIME, format="%H:%M"),
            "reported_fault": forms.Textarea(attrs={"rows": 2}),
            "scope": forms.Textarea(attrs={"rows": 4}),
            "skills": forms.CheckboxSelectMultiple,
            "certified": forms.CheckboxSelectMultiple,
            "equipment": forms.CheckboxSelectMultiple,
        }
        help_texts = {"scope": _("One item a line; the engineer reports on each of them.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        site = self.instance.site_id
        self.fields["contact"].queryset = Contact.objects.filter(site=site, is_active=True)
        self.fields["equipment"].queryset = Equipment.objects.filter(site=site, is_active=True)

    def clean_scope(self):
        return "\n".join(scope_lines(self.cleaned_data["scope"]))


def like_order(order):
    """The initial values of a plan that repeats an order."""
    many = {name: list(getattr(order, name).values_list("pk", flat=True)) for name in ("equipment", "skills", "certified")}
    same = ("contact", "reported_fault", "traits", "priority", "duration_minutes")
    scope = "\n".join(order.scope.values_list("text", flat=True))
    return {name: getattr(order, name) for name in same} | many | {"scope": scope, "name": scope.splitlines()[0][:80]}

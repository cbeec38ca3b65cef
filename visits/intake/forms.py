from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm
from conduct.projects.queries import open_projects_of
from visits.orders.forms import TRAITS, OrderForm, scope_lines
from visits.presence.forms import project_field

from .models import OrderTemplate

COPIED = ("reported_fault", "symptom", "scope", "traits", "duration_minutes", "priority")


class IntakeForm(OrderForm):
    """A new work order. Where the customer has projects under way, it may belong to one.

    The last question comes only when an open order of the site looks like the same matter.
    """

    another_matter = forms.BooleanField(label=_("This is another matter; raise it all the same"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["another_matter"].widget = forms.HiddenInput()
        if self.place and (projects := open_projects_of(self.place.customer_id)):
            self.fields["project"] = project_field(projects)

    def ask_whether_another(self):
        self.fields["another_matter"].widget = forms.CheckboxInput()


class TemplateForm(ModelForm):
    traits = forms.MultipleChoiceField(label=_("traits"), choices=TRAITS, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = OrderTemplate
        fields = [
            "name", "reported_fault", "symptom", "scope", "traits", "duration_minutes", "priority", "skills", "certified", "is_active",
        ]  # fmt: skip
        widgets = {
            "reported_fault": forms.Textarea(attrs={"rows": 2}),
            "scope": forms.Textarea(attrs={"rows": 4}),
            "skills": forms.CheckboxSelectMultiple,
            "certified": forms.CheckboxSelectMultiple,
        }
        help_texts = {"scope": _("One item a line; the engineer reports on each of them.")}

    def clean_scope(self):
        return "\n".join(scope_lines(self.cleaned_data["scope"]))


def from_template(template):
    """What a new order takes over from a template, as a form's initial values."""
    needs = {name: list(getattr(template, name).values_list("pk", flat=True)) for name in ("skills", "certified")}
    return {name: getattr(template, name) for name in COPIED} | needs

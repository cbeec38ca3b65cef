from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm
from conduct.customers.models import Site
from conduct.repairs.forms import technicians

from .models import MaintenancePlan
from .states import Finding


class PlanForm(ModelForm):
    class Meta:
        model = MaintenancePlan
        fields = ["name", "site", "category", "every_days", "next_on", "technician", "checks", "is_active"]
        widgets = {"next_on": forms.DateInput(attrs={"type": "date"}), "checks": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = Site.objects.filter(is_own_premises=True).order_by("name")
        self.fields["technician"].queryset = technicians()


class FindingsForm(Form):
    """A finding and a note for each piece of equipment that has none yet."""

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = [item for item in items if not item.finding]
        for item in self.items:
            name = str(item.equipment)
            self.fields[f"finding_{item.pk}"] = forms.ChoiceField(
                label=_("finding: %(name)s") % {"name": name},
                choices=[("", _("not looked at yet")), *Finding.choices],
                required=False,
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("note: %(name)s") % {"name": name}, max_length=300, required=False
            )

    def rows(self):
        """[(item, its finding's field, its note's field), …] for the page."""
        return [(item, self[f"finding_{item.pk}"], self[f"note_{item.pk}"]) for item in self.items]

    def findings(self):
        """{item's pk: (finding, note)}."""
        data = self.cleaned_data
        return {item.pk: (data[f"finding_{item.pk}"], data[f"note_{item.pk}"]) for item in self.items}

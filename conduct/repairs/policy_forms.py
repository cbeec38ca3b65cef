from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm
from conduct.workdays.queries import calendar_choices

from .models import RepairPolicy
from .states import Quadrant


class PolicyForm(ModelForm):
    """The next version of the policy, beginning from the present one. Times are working hours, by the half hour if need be."""

    class Meta:
        model = RepairPolicy
        fields = ["teaching_first", "soon_percent", "late_hours", "reopen_days", "repeat_months", "reason"]
        widgets = {"teaching_first": forms.RadioSelect}

    def __init__(self, *args, before, **kwargs):
        names = [name for name in self.Meta.fields if name != "reason"]
        initial = {name: getattr(before, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["reason"].required = True
        known = {rule.quadrant: rule for rule in before.rules.all()}
        for quadrant, label in Quadrant.choices:
            self._add(quadrant, label, known[quadrant])

    def _add(self, quadrant, label, rule):
        for name, text in (("answer", _("hours to take it up")), ("finish", _("hours to finish"))):
            self.fields[f"{name}_{quadrant}"] = forms.DecimalField(
                label=text, min_value=0, max_value=2000, decimal_places=2, initial=getattr(rule, f"{name}_minutes") / 60
            )
        choices = [("", _("standard calendar")), *calendar_choices()]
        self.fields[f"calendar_{quadrant}"] = forms.ChoiceField(
            label=_("working calendar"), choices=choices, required=False, initial=rule.calendar
        )

    def quadrants(self):
        """[(label, its bound fields), …] for the page."""
        names = ("answer", "finish", "calendar")
        return [(label, [self[f"{name}_{code}"] for name in names]) for code, label in Quadrant.choices]

    def general(self):
        return [self[name] for name in self.Meta.fields]

    def facts(self):
        """What `policies.change_policy` asks for."""
        data = self.cleaned_data
        minutes = {name: int(data[name] * 60) for name in data if name.startswith(("answer_", "finish_"))}
        rules = {q: (minutes[f"answer_{q}"], minutes[f"finish_{q}"], data[f"calendar_{q}"]) for q in Quadrant.values}
        return {"rules": rules, **{name: data[name] for name in self.Meta.fields}}

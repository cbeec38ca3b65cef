from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form
from conduct.stock.forms import ItemField
from conduct.stock.queries import places_in_use

from .states import Cause


class BeginForm(Form):
    place = forms.ModelChoiceField(None, label=pgettext_lazy("stock", "place"))
    note = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_in_use()


class CountForm(Form):
    """What was counted of these lines, a number each. A line left as it was is not touched."""

    counted_at = forms.DateTimeField(
        label=_("counted at"), required=False, help_text=_("For numbers from paper: when they were counted. Empty means now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in lines}
        for line in lines:
            self.fields[f"quantity_{line.pk}"] = forms.IntegerField(
                label=str(line.item), min_value=0, max_value=1_000_000, required=False, initial=line.quantity
            )
            self.fields[f"version_{line.pk}"] = forms.IntegerField(
                min_value=0, required=False, initial=line.version, widget=forms.HiddenInput
            )

    @property
    def rows(self):
        """[(line, its number's field, its version's field), …]"""
        return [(line, self[f"quantity_{pk}"], self[f"version_{pk}"]) for pk, line in self.lines.items()]

    @property
    def counted(self):
        """[(line, quantity, version that was shown), …] of what was entered or changed. Lines come with their entries."""
        found = []
        for pk, line in self.lines.items():
            quantity, version = self.cleaned_data.get(f"quantity_{pk}"), self.cleaned_data.get(f"version_{pk}") or 0
            shown = [None, *(entry.quantity for entry in line.entries.all())][: version + 1][-1]
            if quantity is not None and quantity != shown:
                found.append((line, quantity, version))
        return found

    def show_clash(self, line, message):
        """Say it beside the line; what was typed stays, and whoever posts it again has seen what the other one counted."""
        self.add_error(f"quantity_{line.pk}", message)
        self.data = self.data.copy()
        self.data[f"version_{line.pk}"] = line.version


class AddForm(Form):
    item = ItemField(label=pgettext_lazy("stock", "item"), max_length=120, widget=forms.TextInput(attrs={"list": "items"}))


class ExplainForm(Form):
    """Why these lines differ: a cause each, in words where the cause says too little."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in lines}
        causes = [("", _("choose a cause")), *Cause.choices]
        for line in lines:
            self.fields[f"cause_{line.pk}"] = forms.ChoiceField(
                label=_("cause"), choices=causes, required=False, initial=line.cause
            )
            self.fields[f"explanation_{line.pk}"] = forms.CharField(
                label=_("explanation"), max_length=200, required=False, initial=line.explanation
            )

    def clean(self):
        data = super().clean()
        for pk in self.lines:
            if data.get(f"explanation_{pk}") and not data.get(f"cause_{pk}"):
                self.add_error(f"cause_{pk}", _("Choose a cause."))
            if data.get(f"cause_{pk}") == Cause.OTHER and not data.get(f"explanation_{pk}"):
                self.add_error(f"explanation_{pk}", _("Say it in words."))
        return data

    @property
    def rows(self):
        """[(line, its cause's field, its explanation's field), …]"""
        return [(line, self[f"cause_{pk}"], self[f"explanation_{pk}"]) for pk, line in self.lines.items()]

    @property
    def said(self):
        """[(line, cause, explanation), …] of what is new."""
        found = []
        for pk, line in self.lines.items():
            cause, words = self.cleaned_data.get(f"cause_{pk}"), self.cleaned_data.get(f"explanation_{pk}", "")
            if cause and (cause, words) != (line.cause, line.explanation):
                found.append((line, cause, words))
        return found


class BookForm(Form):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(label=_("note"), max_length=300, required=False)

    def show_again(self, seen):
        """The page is shown anew with `seen` movements; what was typed stays."""
        self.data = self.data.copy()
        self.data["seen"] = seen


class CancelForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)

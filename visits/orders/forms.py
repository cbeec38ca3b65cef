from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm, SiteTimeField
from conduct.base.unseen import SeenLine
from conduct.customers.models import Contact, Equipment, Site
from conduct.rules.states import DERIVED, Trait

from .models import WorkOrder
from .queries import last_rewrite

TRAITS = [(trait.value, trait.label) for trait in Trait if trait not in DERIVED]
MOMENTS = ("wanted_from", "wanted_to", "change_from", "change_to")


class OrderForm(SeenLine, ModelForm):
    """A work order. Contact and equipment are those of the site, and so is the wall that its times are read from; the scope is
    one line an item."""

    scope = forms.CharField(
        label=_("what is to be done"),
        help_text=_("One item a line; the engineer reports on each of them."),
        max_length=9000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    traits = forms.MultipleChoiceField(label=_("traits"), choices=TRAITS, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = WorkOrder
        fields = [
            "site", "contact", "reference", "equipment", "reported_fault", "symptom", "stated_cause", "scope", "traits", "wanted_from", "wanted_to",
            "priority", "duration_minutes", "skills", "certified", "change_from", "change_to",
        ]  # fmt: skip
        widgets = {
            "reported_fault": forms.Textarea(attrs={"rows": 3}),
            "stated_cause": forms.Textarea(attrs={"rows": 2}),
            "skills": forms.CheckboxSelectMultiple,
            "certified": forms.CheckboxSelectMultiple,
            "equipment": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, site=None, **kwargs):
        super().__init__(*args, **kwargs)
        # Nobody picks one of a million from a list: the site is found first, see the intake.
        self.fields["site"].widget = forms.HiddenInput()
        self.place = Site.objects.select_related("customer").filter(pk=site or self._place()).first()
        self.fields["contact"].queryset = Contact.objects.filter(site=self.place, is_active=True)
        self.fields["equipment"].queryset = Equipment.objects.filter(site=self.place, is_active=True)
        zone = self.place.time_zone if self.place else timezone.get_current_timezone_name()
        for name in MOMENTS:
            self.fields[name] = SiteTimeField(zone=zone, label=self.fields[name].label, help_text=zone, required=False)
        if self.instance.pk:
            self.initial["scope"] = "\n".join(self.instance.scope.values_list("text", flat=True))
            self.add_seen()

    def _place(self):
        chosen = self.data.get("site") or self.initial.get("site") or self.instance.site_id
        return chosen if str(chosen).isdecimal() else None

    def newest(self):
        rewrite = last_rewrite(self.instance)
        return rewrite and rewrite.pk

    def clean_scope(self):
        return scope_lines(self.cleaned_data["scope"])


def scope_lines(text):
    """The items of a scope, one a line. Raises ValidationError."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if any(len(line) > 300 for line in lines):
        raise forms.ValidationError(_("An item has at most 300 characters."))
    if len(lines) > 30:
        raise forms.ValidationError(_("At most 30 items fit one order."))
    return lines

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.days import in_reach
from conduct.base.forms import Form, SiteTimeField
from conduct.people.models import Engineer
from conduct.people.queries import bookable_engineers
from visits.schedule.forms import KnowingForm, ReasonField
from visits.schedule.states import VisitState


class PlaceForm(Form):
    """Who, from when, until when. The times are those of the site's zone, or of the board's when a drop filled the form.

    A board that stood open while the person's zone changed goes on in its own.
    """

    def __init__(self, data=None, *, order, zone, **kwargs):
        chosen = (data or kwargs.get("initial") or {}).get("zone")
        zones = list(dict.fromkeys([order.site.time_zone, zone]))
        if chosen in zoneinfo.available_timezones() and chosen not in zones:
            zones.append(chosen)
        shown = chosen if chosen in zones else zones[0]
        super().__init__(data, **kwargs)
        engineers = bookable_engineers()
        self.fields["engineer"] = forms.ModelChoiceField(engineers, label=_("engineer"), to_field_name="number")
        self.fields["engineer"].label_from_instance = lambda engineer: f"{engineer} · {engineer.home_city}"
        self.fields["planned_start"] = SiteTimeField(zone=shown, label=_("planned start"), help_text=shown)
        self.fields["planned_end"] = SiteTimeField(zone=shown, label=_("planned end"), help_text=shown)
        self.fields["zone"] = forms.ChoiceField(
            label=_("times are those of"), choices=[(name, name) for name in zones], initial=shown, required=False,
            widget=forms.Select if len(zones) > 1 else forms.HiddenInput,
        )  # fmt: skip
        self.fields["reason"] = ReasonField()

    def clean(self):
        cleaned = super().clean()
        cleaned.pop("zone", None)
        return cleaned


class PlanForm(PlaceForm, KnowingForm):
    """A place for an order; the board's list shows none of its visits."""


class ShiftForm(PlaceForm):
    """The same for a visit that exists; its version and state say what the board showed."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["plan_version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.fields["state"] = forms.ChoiceField(choices=VisitState.choices, widget=forms.HiddenInput, required=False)


class CheckForm(forms.Form):
    """What a drag asks: an order or a visit, and wall times of `zone`."""

    order = forms.CharField(required=False)
    visit = forms.CharField(required=False)
    zone = forms.ChoiceField(choices=[(name, name) for name in zoneinfo.available_timezones()])
    start = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M"])
    end = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            zone = zoneinfo.ZoneInfo(cleaned["zone"])
            for name in ("start", "end"):
                if in_reach(cleaned[name]):
                    cleaned[name] = cleaned[name].replace(tzinfo=zone)
                else:
                    self.add_error(name, _("A date and a time were expected."))
            if not self.errors and cleaned["end"] <= cleaned["start"]:
                self.add_error("end", _("The visit ends before it begins."))
        return cleaned


class PublishForm(Form):
    """Planned visits by their numbers, those that the person may see."""

    def __init__(self, data=None, *, visits, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["visits"] = forms.ModelMultipleChoiceField(visits, to_field_name="number", label=_("visits"))
        self.fields["reason"] = ReasonField()

    @property
    def chosen(self):
        return self.data.getlist("visits")


class UndoForm(forms.Form):
    """The move that the button named, "V-2026-000123/2": a number and its version."""

    move = forms.CharField(required=False)


class CapacityForm(forms.Form):
    """Hours a day of one engineer; empty means the company's usual ones."""

    engineer = forms.ModelChoiceField(Engineer.objects.all(), to_field_name="number", widget=forms.HiddenInput)
    hours = forms.DecimalField(label=_("hours a day"), min_value=0, max_value=24, decimal_places=2, required=False)

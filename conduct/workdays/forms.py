import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm
from conduct.customers.models import Customer
from conduct.people.forms import ZONES

from . import official
from .arithmetic import Pause
from .calendar import format_hours, parse_hours
from .models import Freeze, WorkCalendar
from .queries import calendar_choices

DATE = {"type": "date"}
WEEKDAYS = {
    "monday": _("Monday"), "tuesday": _("Tuesday"), "wednesday": _("Wednesday"), "thursday": _("Thursday"),
    "friday": _("Friday"), "saturday": _("Saturday"), "sunday": _("Sunday"),
}  # fmt: skip
EXAMPLE = "9:00-12:00, 13:00-18:00"
LINE_FAULTS = {
    "day": _("line %(line)d: “%(what)s” is no date"),
    "year": _("line %(line)d: %(what)s lies in another year"),
    "kind": _("line %(line)d: “%(what)s” is neither holiday nor makeup"),
    "twice": _("line %(line)d: %(what)s stands there twice"),
    "columns": _("line %(line)d: a day, a kind and a name were expected: “%(what)s”"),
}


class HoursField(forms.CharField):
    """ "9:00-12:00, 13:00-18:00", stored as [[540, 720], [780, 1080]]; empty is a day without work."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=120, **kwargs)

    def prepare_value(self, value):
        return format_hours(value) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return [list(span) for span in parse_hours(super().clean(value))]
        except ValueError as error:
            if error.args[0] == "order":
                raise forms.ValidationError(_("Each time begins after the one before it has ended.")) from error
            raise forms.ValidationError(_("Write hours like %(example)s.") % {"example": EXAMPLE}) from error


class CalendarForm(ModelForm):
    class Meta:
        model = WorkCalendar
        fields = ["code", "name", "zone", "country", "is_standard"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zone"] = forms.ChoiceField(label=_("time zone"), choices=ZONES)
        if self.instance.pk:
            del self.fields["code"]
        for place, (name, label) in enumerate(WEEKDAYS.items()):
            self.fields[name] = HoursField(label=label)
            self.initial.setdefault(name, self.instance.week[place])
        self.fields["monday"].help_text = _("Such as %(example)s; empty when nobody works.") % {"example": EXAMPLE}
        self.fields["makeup_hours"] = HoursField(label=_("hours on make-up days"))
        self.initial.setdefault("makeup_hours", self.instance.makeup)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.instance.week = [cleaned[name] for name in WEEKDAYS]
            self.instance.makeup = cleaned["makeup_hours"]
        return cleaned


class OwnDayForm(Form):
    day = forms.DateField(label=_("day"), widget=forms.DateInput(attrs=DATE))
    hours = HoursField(label=_("hours"), help_text=_("Empty: closed the whole day."))
    name = forms.CharField(label=_("occasion"), max_length=60)


class YearForm(Form):
    """An official calendar, pasted line by line from the notice. Nothing is taken before every line is right."""

    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2100)
    source = forms.CharField(label=_("source"), max_length=120, help_text=_("Number or title of the official notice."))
    lines = forms.CharField(
        label=_("days"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "2027-01-01, holiday, …"}),
        help_text=_("A line a day: date, holiday or makeup, name. Can be pasted from a spreadsheet."),
    )

    def clean(self):
        cleaned = super().clean()
        if "lines" in cleaned and "year" in cleaned:
            self.days, faults = official.read_lines(cleaned["lines"], cleaned["year"])
            for line, code, what in faults:
                self.add_error("lines", LINE_FAULTS[code] % {"line": line, "what": what})
        return cleaned


class FreezeForm(Form):
    customer = forms.ModelChoiceField(Customer.objects.order_by("name"), label=_("customer"))
    first = forms.DateField(label=_("first day"), widget=forms.DateInput(attrs=DATE))
    last = forms.DateField(label=_("last day"), widget=forms.DateInput(attrs=DATE))
    kind = forms.ChoiceField(label=_("kind"), choices=Freeze.Kind.choices)
    note = forms.CharField(label=_("note"), max_length=60, required=False)


class WallTimeField(forms.CharField):
    """A wall-clock time; the form makes a moment of it in the calendar's zone."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def clean(self, value):
        text = super().clean(value)
        try:
            moment = datetime.datetime.fromisoformat(text[:16]) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("A date and a time were expected.")) from error
        if moment and not 2000 <= moment.year <= 2100:
            raise forms.ValidationError(_("A year between 2000 and 2100 was expected."))
        return moment


class WhatIfForm(Form):
    """The sum of a deadline for trying out: nothing is stored."""

    start = WallTimeField(label=_("start"))
    hours = forms.DecimalField(label=_("working hours"), min_value=0, max_value=5000, decimal_places=2)
    calendar = forms.ChoiceField(label=_("working calendar"))
    customer = forms.ModelChoiceField(Customer.objects.none(), label=_("with the freezes of"), required=False)
    pause_start = WallTimeField(label=_("paused from"), required=False)
    pause_end = WallTimeField(label=_("paused until"), required=False, help_text=_("Empty: the pause goes on."))
    pause_reason = forms.CharField(label=_("reason of the pause"), max_length=60, required=False)

    def __init__(self, *args, customers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["calendar"].choices = calendar_choices()
        self.fields["customer"].queryset = customers.order_by("name")

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("pause_start"), cleaned.get("pause_end")
        if end and not start:
            self.add_error("pause_start", _("A pause that ends has begun at some time."))
        elif start and end and end <= start:
            self.add_error("pause_end", _("The pause ends before it begins."))
        return cleaned

    def sum_of(self, calendar):
        """(start, minutes, pauses) of the checked form, in the calendar's zone."""
        zone, facts = ZoneInfo(calendar.zone), self.cleaned_data
        pauses = []
        if facts["pause_start"]:
            end = facts["pause_end"] and facts["pause_end"].replace(tzinfo=zone)
            pauses = [Pause(facts["pause_start"].replace(tzinfo=zone), end, facts["pause_reason"])]
        return facts["start"].replace(tzinfo=zone), round(facts["hours"] * 60), pauses

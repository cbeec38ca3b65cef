import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.customers.queries import sites_for

from .states import ClockKind, ConsentWay, LeaveKind

DATE, TIME = {"type": "date"}, {"type": "time"}


class LeaveForm(Form):
    """Whole days without times; a time narrows the first or the last day."""

    kind = forms.ChoiceField(label=_("kind"), choices=LeaveKind.choices)
    first_day = forms.DateField(label=_("first day"), widget=forms.DateInput(attrs=DATE))
    first_time = forms.TimeField(
        label=_("from what time"), widget=forms.TimeInput(attrs=TIME), required=False, help_text=_("Empty: the whole day.")
    )
    last_day = forms.DateField(label=_("last day"), widget=forms.DateInput(attrs=DATE))
    last_time = forms.TimeField(
        label=_("until what time"), widget=forms.TimeInput(attrs=TIME), required=False, help_text=_("Empty: the whole day.")
    )
    reason = forms.CharField(label=_("reason"), max_length=300)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(user.time_zone)
        sites = sites_for(user).order_by("customer__name", "name")
        self.fields["site"] = forms.ModelChoiceField(
            sites, required=False, label=_("posted at the customer's site"),
            help_text=_("If you work on a customer's premises then: the customer's consent comes first."),
        )  # fmt: skip
        self.fields["site"].label_from_instance = lambda site: f"{site.customer.name} · {site.name}"

    def clean(self):
        cleaned = super().clean()
        for name in ("first_day", "last_day"):
            day = cleaned.get(name)
            if day and not 2000 <= day.year <= 2100:
                self.add_error(name, _("A year between 2000 and 2100 was expected."))
        return cleaned

    def facts(self):
        """What `ask_leave` is told: {kind, start, end, reason, site}."""
        cleaned = self.cleaned_data
        start = datetime.datetime.combine(cleaned["first_day"], cleaned["first_time"] or datetime.time(), self.zone)
        if cleaned["last_time"]:
            end = datetime.datetime.combine(cleaned["last_day"], cleaned["last_time"], self.zone)
        else:
            end = datetime.datetime.combine(cleaned["last_day"] + datetime.timedelta(days=1), datetime.time(), self.zone)
        return {"kind": cleaned["kind"], "start": start, "end": end, "reason": cleaned["reason"], "site": cleaned["site"]}


class ConsentForm(Form):
    consent_name = forms.CharField(label=_("who consented"), max_length=60)
    consent_way = forms.ChoiceField(label=_("how"), choices=ConsentWay.choices)
    consent_note = forms.CharField(label=_("what was agreed"), max_length=200, required=False)


class CancelForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)


class StrikeForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=120)


class ForgottenForm(Form):
    kind = forms.ChoiceField(label=_("kind"), choices=ClockKind.choices)
    moment = forms.CharField(label=_("time"), widget=forms.TextInput(attrs={"type": "datetime-local"}))
    reason = forms.CharField(label=_("reason"), max_length=120)

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)

    def clean_moment(self):
        try:
            return datetime.datetime.fromisoformat(self.cleaned_data["moment"][:16]).replace(tzinfo=self.zone)
        except ValueError as error:
            raise forms.ValidationError(_("A date and a time were expected.")) from error

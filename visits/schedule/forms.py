from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, SiteTimeField
from conduct.people.queries import bookable_engineers

from .queries import numbers_known, open_scope
from .states import DeclineReason


class ReasonField(forms.CharField):
    """Why a plan is right although something speaks against it; asked for only then."""

    def __init__(self):
        hint = _("Needed only when something speaks against this place.")
        super().__init__(label=_("reason"), max_length=300, required=False, help_text=hint)


class KnowingForm(Form):
    """A plan for an order; `known` are the numbers of its visits that the page showed: none, when it does not say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["known"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_known(self):
        return self.cleaned_data["known"].split()

    def knows(self, order):
        """From now on the order's visits are known: who was told once may go on."""
        self.data = self.data.copy()
        self.data["known"] = numbers_known(order)


class ProposeForm(KnowingForm):
    def __init__(self, *args, order, **kwargs):
        super().__init__(*args, initial={"known": numbers_known(order)}, **kwargs)
        zone = order.site.time_zone
        engineers = bookable_engineers().prefetch_related("skills")
        self.fields["engineer"] = forms.ModelChoiceField(engineers, label=_("engineer"))
        self.fields["engineer"].label_from_instance = lambda engineer: f"{engineer} · {engineer.home_city}"
        self.fields["identity_name"] = forms.CharField(label=_("agreed identity: name"), max_length=60)
        self.fields["identity_capacity"] = forms.CharField(label=_("agreed identity: capacity"), max_length=80)
        self.fields["planned_start"] = SiteTimeField(zone=zone, label=_("planned start"), help_text=zone)
        self.fields["planned_end"] = SiteTimeField(zone=zone, label=_("planned end"), help_text=zone)
        items = order.scope.all()
        self.fields["scope"] = forms.ModelMultipleChoiceField(
            items, label=_("scope"), widget=forms.CheckboxSelectMultiple, initial=open_scope(order)
        )
        self.fields["reason"] = ReasonField()


class MoveForm(Form):
    """Forms of moves carry the plan's version, so that a stale page is told."""

    plan_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DeclineForm(MoveForm):
    decline_code = forms.ChoiceField(label=_("reason"), choices=DeclineReason.choices)
    decline_note = forms.CharField(label=_("note"), max_length=300, required=False)


class CounterForm(MoveForm):
    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counter_start"] = SiteTimeField(zone=zone, label=_("start"), help_text=zone)
        self.fields["counter_end"] = SiteTimeField(zone=zone, label=_("end"), help_text=zone)
        self.fields["counter_note"] = forms.CharField(label=_("note"), max_length=300, required=False)


class ReproposeForm(Form):
    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["planned_start"] = SiteTimeField(zone=zone, label=_("start"), help_text=zone)
        self.fields["planned_end"] = SiteTimeField(zone=zone, label=_("end"), help_text=zone)
        self.fields["reason"] = ReasonField()


class CancelForm(Form):
    cancel_reason = forms.CharField(label=_("reason of the cancellation"), max_length=300)

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, SiteTimeField
from visits.schedule.states import VisitState
from visits.signoff.forms import PackageForm


class PostponeForm(Form):
    """Puts an order off, with the visit that was planned for it, if one is to fall away."""

    def __init__(self, *args, order, **kwargs):
        super().__init__(*args, **kwargs)
        zone = order.site.time_zone
        states = [state for state, to in order.visits.model.TRANSITIONS.items() if VisitState.CANCELLED in to]
        visits = order.visits.filter(state__in=states)
        if visits:
            self.fields["visit"] = forms.ModelChoiceField(
                visits, label=_("visit that falls away"), required=False, initial=visits[0], empty_label=_("none; the order only")
            )
            self.fields["visit"].label_from_instance = lambda visit: f"{visit.number} · {visit.engineer.staff.name}"
        self.fields["new_from"] = SiteTimeField(zone=zone, label=_("not before"), help_text=zone)
        self.fields["new_until"] = SiteTimeField(zone=zone, label=_("not after"), help_text=zone)
        self.fields["reason"] = forms.CharField(
            label=_("reason, as the customer reads it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
        )


class AnswerForm(PackageForm):
    """What the customer's page posts about a postponement: a signature like that of a record, with nothing to rate or to stamp."""

    satisfaction = stamp = no_stamp_reason = None

    def check_service(self, data):
        """There was none."""

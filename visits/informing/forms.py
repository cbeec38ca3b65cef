from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, SiteTimeField

from .models import CustomerNotice
from .states import Cause, InformState

OUTCOMES = [(InformState.TOLD, InformState.TOLD.label), (InformState.NOT_REACHED, InformState.NOT_REACHED.label)]


def _label(name):
    return CustomerNotice._meta.get_field(name).verbose_name


class NoteForm(Form):
    """A call to the customer: told or not reached, when, whom, how, and what was offered."""

    def __init__(self, *args, notice, at, **kwargs):
        zone, contact = notice.visit.order.site.time_zone, notice.visit.order.contact
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = forms.ChoiceField(label=_("the customer was"), choices=OUTCOMES, widget=forms.RadioSelect, initial=InformState.TOLD)
        self.fields["told_at"] = SiteTimeField(zone=zone, label=_label("told_at"), help_text=zone, initial=at)
        self.fields["told_to"] = forms.CharField(label=_label("told_to"), max_length=80, required=False, initial=contact.name if contact else "")
        self.fields["told_how"] = forms.CharField(label=_label("told_how"), max_length=80)
        if notice.cause == Cause.CHANGE:
            hint = _("Another engineer who knows the case, a time that suits the customer, work in the evening …")
            self.fields["remedy"] = forms.CharField(label=_label("remedy"), max_length=300, required=False, help_text=hint)

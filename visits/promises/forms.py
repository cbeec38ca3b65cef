from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.people.forms import PersonField

from .models import Promise
from .states import PromiseState

OUTCOMES = [(PromiseState.KEPT, PromiseState.KEPT.label), (PromiseState.BROKEN, PromiseState.BROKEN.label)]


def _label(name):
    return Promise._meta.get_field(name).verbose_name


def _words(name, rows=2):
    field = Promise._meta.get_field(name)
    return forms.CharField(label=field.verbose_name, max_length=field.max_length, widget=forms.Textarea(attrs={"rows": rows}))


def _day():
    return forms.DateField(label=_label("due"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class SettleForm(Form):
    outcome = forms.ChoiceField(label=_("outcome"), choices=OUTCOMES, widget=forms.RadioSelect, initial=PromiseState.KEPT)
    why = _words("settled_why")


class ChangeForm(Form):
    text = _words("text", rows=3)
    due = _day()
    agreed_with = forms.CharField(label=_label("agreed_with"), max_length=80)
    why = forms.CharField(label=_("why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class HandOnForm(Form):
    owner = PersonField(label=_label("owner"))


class MakeForm(Form):
    """A promise that headquarters gives."""

    text = _words("text", rows=3)
    due = _day()
    owner = PersonField(label=_label("owner"))

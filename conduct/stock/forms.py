import json

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base import strokes as pen
from conduct.base.forms import Form, ModelForm
from conduct.base.ids import uuid7

from .arithmetic import Line
from .models import Item, Place
from .queries import places_in_use
from .states import PLACES, SlipKind


class PlaceForm(ModelForm):
    class Meta:
        model = Place
        fields = ["name", "note", "holds_broken", "is_active"]


class ItemForm(ModelForm):
    class Meta:
        model = Item
        fields = ["name", "kind", "category", "model", "unit", "minimum", "note", "is_active"]


class AboutForm(forms.Form):
    """What a slip or a loan is for, as the address of the page names it."""

    origin = forms.SlugField(max_length=20, required=False)
    reference = forms.CharField(max_length=40, required=False)


class StrokesField(forms.CharField):
    """A drawn signature, posted as JSON by the pad; empty when nobody drew."""

    widget = forms.HiddenInput

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            sent = json.loads(text)
            return pen.clean(sent) if sent.get("strokes") else None
        except (ValueError, AttributeError) as error:
            raise forms.ValidationError(str(error)) from error


class ItemField(forms.CharField):
    """An item by its number or its exact name, as a list offers it or a scanner types it: "P-0003 投影灯泡"."""

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        item = Item.objects.filter(number__iexact=text.split()[0]).first()
        named = [item] if item else list(Item.objects.filter(name__iexact=text)[:2])
        if len(named) != 1:
            raise forms.ValidationError(_("“%(text)s” is not in the register. Choose from the list.") % {"text": text})
        return named[0]


class SlipForm(Form):
    slip_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("reason"), max_length=300, required=False)
    giver_name = forms.CharField(label=_("given by"), max_length=80)
    giver_strokes = StrokesField(required=False)
    taker_name = forms.CharField(label=_("taken by"), max_length=80)
    taker_strokes = StrokesField(required=False)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.initial.setdefault("slip_id", uuid7())
        for need, name, label in zip(PLACES[kind], ("taken_from", "put_to"), (_("taken from"), _("put to")), strict=True):
            if need != "no":
                self.fields[name] = forms.ModelChoiceField(places_in_use(), label=label, required=need == "yes")
        if kind in (SlipKind.DAMAGED, SlipKind.SCRAPPED, SlipKind.SWAPPED):
            self.fields["reason"].required = True
        if kind == SlipKind.SWAPPED:
            self.fields["put_to"].label = _("where the old one goes")


class LineForm(Form):
    item = ItemField(label=pgettext_lazy("stock", "item"), max_length=120, required=False)
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, max_value=100_000, required=False)
    price = forms.DecimalField(label=_("price of one"), min_value=0, max_digits=12, decimal_places=2, required=False)
    note = forms.CharField(label=_("serial number or note"), max_length=60, required=False)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].widget.attrs |= {"list": "items", "autocomplete": "off"}
        if kind != SlipKind.BOUGHT:
            del self.fields["price"]

    def clean(self):
        data = super().clean()
        if data.get("item") and not data.get("quantity") and not self.has_error("quantity"):
            self.add_error("quantity", _("How many?"))
        if (data.get("quantity") or data.get("note")) and not data.get("item") and not self.has_error("item"):
            self.add_error("item", _("Of what?"))
        return data

    @property
    def line(self):
        """The line that was entered, or None for an empty one."""
        data = self.cleaned_data
        if not data.get("item"):
            return None
        return Line(data["item"], data["quantity"], data.get("price"), data.get("note", ""))


LineFormSet = forms.formset_factory(LineForm, extra=5, max_num=60, absolute_max=60)


class ReverseForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)

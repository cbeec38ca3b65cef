from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form
from conduct.base.ids import uuid7
from conduct.people.models import Department
from conduct.stock.forms import ItemField, StrokesField
from conduct.stock.queries import places_in_use
from conduct.stock.states import ItemKind

from .states import Decider

DATE = {"type": "date"}
MONEY = {"min_value": 0, "max_digits": 12, "decimal_places": 2}


class PurchaseForm(Form):
    reason = forms.CharField(label=_("what for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    planned = forms.BooleanField(label=_("part of a planned project"), required=False)
    proposal = forms.CharField(
        label=_("proposal"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For a planned project: what it is for, what was compared, what it costs over the years."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ModelChoiceField(Department.objects.order_by("name"), label=_("department"))
        self.order_fields(["department"])


class ThingField(ItemField):
    """Something of the register, or the name of something new."""

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return value.strip()


class LineForm(Form):
    thing = ThingField(label=pgettext_lazy("stock", "item"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=ItemKind.choices, required=False)
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, max_value=100_000, required=False)
    unit = forms.CharField(label=_("unit"), max_length=10, required=False)
    price = forms.DecimalField(label=_("price of one"), required=False, **MONEY)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["thing"].widget.attrs |= {"list": "items", "autocomplete": "off"}

    def clean(self):
        data = super().clean()
        if data.get("thing") and not data.get("quantity") and not self.has_error("quantity"):
            self.add_error("quantity", _("How many?"))
        if data.get("quantity") and not data.get("thing") and not self.has_error("thing"):
            self.add_error("thing", _("Of what?"))
        return data

    @property
    def line(self):
        """What was entered, as `draft` takes it, or None for an empty line."""
        data = self.cleaned_data
        thing = data.get("thing")
        if not thing:
            return None
        item = None if isinstance(thing, str) else thing
        facts = {"name": thing, "kind": data["kind"]} if item is None else {"name": item.name, "kind": item.kind, "item": item}
        return facts | {"quantity": data["quantity"], "unit": data["unit"] or (item.unit if item else ""), "price": data["price"]}


LineFormSet = forms.formset_factory(LineForm, extra=3, max_num=30, absolute_max=30)


class QuoteForm(Form):
    supplier = forms.CharField(label=_("supplier"), max_length=80)
    amount = forms.DecimalField(label=_("amount in yuan"), min_value=0, max_digits=12, decimal_places=2)
    file = forms.FileField(label=_("file of the quote"), help_text=_("A picture or a PDF, at most 20 MB."))
    note = forms.CharField(label=_("note"), max_length=300, required=False)


class ChooseForm(Form):
    reason = forms.CharField(label=_("why not the cheapest"), max_length=300, required=False)


class OrderForm(Form):
    order_reference = forms.CharField(label=_("order number of the supplier"), max_length=60, required=False)
    expected_on = forms.DateField(label=_("expected on"), required=False, widget=forms.DateInput(attrs=DATE))


class CancelForm(Form):
    prefix = "cancel"
    reason = forms.CharField(label=_("reason"), max_length=300)


class ReceiveForm(Form):
    """How much of each line arrived; `arrived` is what the action takes."""

    slip_id = forms.UUIDField(widget=forms.HiddenInput)
    giver_name = forms.CharField(label=_("given by"), max_length=80)
    giver_strokes = StrokesField(required=False)
    taker_name = forms.CharField(label=_("taken by"), max_length=80)
    taker_strokes = StrokesField(required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if line.outstanding]
        self.initial.setdefault("slip_id", uuid7())
        self.fields["put_to"] = forms.ModelChoiceField(places_in_use().filter(holds_broken=False), label=_("put to"))
        for line in self.lines:
            field = forms.IntegerField(label=_("arrived"), min_value=0, required=False, initial=line.outstanding)
            self.fields[f"quantity_{line.pk}"] = field
            price = forms.DecimalField(label=_("price of one"), required=False, initial=line.price, **MONEY)
            self.fields[f"price_{line.pk}"] = price

    def rows(self):
        return [(line, self[f"quantity_{line.pk}"], self[f"price_{line.pk}"]) for line in self.lines]

    def clean(self):
        data = super().clean()
        self.arrived = {line: (data.get(f"quantity_{line.pk}") or 0, data.get(f"price_{line.pk}")) for line in self.lines}
        if not self.errors and not any(quantity for quantity, _price in self.arrived.values()):
            raise forms.ValidationError(_("Enter how many arrived."))
        return data


class TierForm(Form):
    up_to = forms.DecimalField(label=_("up to, in yuan"), required=False, help_text=_("Empty: without end."), **MONEY)
    quotes = forms.IntegerField(label=_("quotes"), min_value=1, max_value=10, required=False)
    deciders = forms.MultipleChoiceField(
        label=_("who decides, in this order"), choices=Decider.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    @property
    def tier(self):
        data = self.cleaned_data
        if not (data.get("quotes") or data.get("deciders") or data.get("up_to") is not None):
            return None
        up_to = data.get("up_to")
        order = [code for code in Decider.values if code in data.get("deciders", ())]
        return {"up_to": None if up_to is None else f"{up_to:.2f}", "quotes": data.get("quotes") or 0, "deciders": order}


TierFormSet = forms.formset_factory(TierForm, extra=1, max_num=6, absolute_max=6)


class PolicyForm(Form):
    valid_from = forms.DateField(label=_("valid from"), widget=forms.DateInput(attrs=DATE))
    reason = forms.CharField(label=_("reason of the change"), max_length=300)

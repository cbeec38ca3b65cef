import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.people.queries import bookable_engineers
from visits.schedule.forms import ReasonField

from .models import WayOn

MOST = 60


class PickForm(Form):
    """Which orders are to be planned, and by whom."""

    def __init__(self, data=None, *, orders, cities, **kwargs):
        super().__init__(data, **kwargs)
        choices = [(order.number, order.number) for order in orders]
        self.fields["orders"] = forms.MultipleChoiceField(label=_("work orders"), choices=choices)
        self.fields["city"] = forms.ChoiceField(label=_("engineers of"), choices=[("", _("all cities")), *zip(cities, cities, strict=True)], required=False)

    @property
    def chosen(self):
        return self.data.getlist("orders")

    def clean_orders(self):
        chosen = self.cleaned_data["orders"]
        if len(chosen) > MOST:
            raise forms.ValidationError(_("At most %(count)d orders at once.") % {"count": MOST})
        return chosen


class AcceptForm(Form):
    """Places as the suggestion's page wrote them, "order|engineer|start|end"; the server decides each of them anew."""

    places = forms.MultipleChoiceField(label=_("places"))

    def __init__(self, data=None, *, orders, **kwargs):
        super().__init__(data, **kwargs)
        self.orders = orders
        self.fields["reason"] = ReasonField()
        self.fields["places"].choices = [(text, text) for text in data.getlist("places")] if data else []

    def clean_places(self):
        texts = [text.split("|") for text in self.cleaned_data["places"]]
        try:
            return [self._place(*text) for text in texts]
        except (ValueError, TypeError, KeyError) as error:
            raise forms.ValidationError(_("These places are not readable any more; please ask for new ones.")) from error

    def _place(self, order, engineer, start, end):
        times = [datetime.datetime.fromisoformat(text) for text in (start, end)]
        if any(moment.tzinfo is None for moment in times):
            raise ValueError("without a zone")
        engineers = {person.number: person for person in bookable_engineers().filter(number=engineer)}
        orders = {row.number: row for row in self.orders.filter(number=order)}
        return {"order": orders[order], "engineer": engineers[engineer], "planned_start": times[0], "planned_end": times[1]}


class WayForm(Form):
    choice = forms.ChoiceField(label=_("choice"), choices=WayOn.Choice.choices)

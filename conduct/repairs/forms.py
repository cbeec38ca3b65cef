from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base.forms import Form
from conduct.people.access import ACCESS, Permission
from conduct.people.models import Department, Staff
from conduct.spares.models import Spare
from conduct.spares.queries import spares_to_lend
from conduct.spares.states import Media

from .guard import stamp
from .models import RepairTicket
from .queries import open_tickets_of
from .states import Disturbance, HelpFrom, PauseReason, Quadrant, TicketState, Told, TurnedAway, Verdict
from .swapping import loan_of


def long(label, *, required=True, rows=3, **more):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=2000, required=required, widget=widget, **more)


class Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several uploads; what they are is the files room's question."""

    widget = Photos(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        return [super(PhotosField, self).clean(one, initial) for one in data or [] if one]


class FaultForm(Form):
    fault = long(_("what is wrong"))
    disturbance = forms.ChoiceField(
        label=_("how disturbing"), choices=Disturbance.choices, widget=forms.RadioSelect, initial=Disturbance.HINDERS
    )
    photos = PhotosField(label=_("photos"), required=False, help_text=_("At most five. They show the fault better than words."))


class StaffReportForm(FaultForm):
    is_personal = forms.BooleanField(label=_("It is my own device"), required=False)


class PublicReportForm(FaultForm):
    """The form behind a label. `website` is for robots, who fill everything; `stamp` says when the form was handed out."""

    reporter_name = forms.CharField(label=_("your name"), max_length=60)
    reporter_contact = forms.CharField(
        label=_("telephone or e-mail"),
        max_length=80,
        required=False,
        help_text=_("So that the technician can ask. You can follow the repair without it."),
    )
    website = forms.CharField(required=False, label=_("Leave this empty"))
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.label = label
        if not self.is_bound:
            self.initial["stamp"] = stamp(label)


class TicketForm(Form):
    """A form for one move of one ticket."""

    def __init__(self, *args, ticket, **kwargs):
        super().__init__(*args, **kwargs)
        self.ticket = ticket


class SortForm(TicketForm):
    quadrant = forms.ChoiceField(label=_("quadrant"), choices=Quadrant.choices, widget=forms.RadioSelect)
    technician = forms.ModelChoiceField(Staff.objects.none(), label=_("technician"), required=False)
    reason = forms.CharField(label=_("reason"), max_length=300, required=False)
    by_waiting = forms.BooleanField(label=_("It became urgent only because it waited"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["technician"].queryset = technicians()
        self.fields["technician"].empty_label = _("nobody yet")
        self.initial = {"quadrant": self.ticket.quadrant, "seen_version": self.ticket.seen_version} | self.initial
        if self.ticket.state == TicketState.REPORTED:
            del self.fields["reason"], self.fields["by_waiting"]
        else:
            del self.fields["technician"]
            self.fields["reason"].required = True


class WhatIfForm(TicketForm):
    """What the deadline would be, sorted otherwise or with the clock stopped for a while. Nothing is stored."""

    quadrant = forms.ChoiceField(label=_("if it were"), choices=Quadrant.choices)
    paused_until = forms.DateTimeField(
        label=_("and its clock stood still from now until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: the clock runs as it does."),
    )

    def __init__(self, *args, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        self.initial = {"quadrant": self.ticket.quadrant} | self.initial

    def clean_paused_until(self):
        until = self.cleaned_data["paused_until"]
        if until and until <= self.at:
            raise forms.ValidationError(_("The pause would end before it begins."))
        return until


class AssignForm(TicketForm):
    technician = forms.ModelChoiceField(Staff.objects.none(), label=_("technician"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["technician"].queryset = technicians()


class ReasonForm(TicketForm):
    reason = forms.CharField(label=_("reason"), max_length=300)


class ReopenForm(TicketForm):
    reason = long(_("what is still wrong"), rows=2)


class JudgeForm(TicketForm):
    verdict = forms.ChoiceField(label=_("judgement"), choices=Verdict.choices, widget=forms.RadioSelect)
    verdict_note = long(_("what was found"), required=False, rows=2)


class HelpForm(TicketForm):
    asked_of = forms.ChoiceField(label=pgettext_lazy("help", "asked of"), choices=HelpFrom.choices)
    question = long(_("question"), rows=2)


class AnswerForm(Form):
    answer = long(_("answer"), rows=2)


class PauseForm(TicketForm):
    reason = forms.ChoiceField(label=_("reason"), choices=PauseReason.choices)
    note = forms.CharField(label=_("note"), max_length=300, required=False)
    expected_until = forms.DateField(label=_("expected to end on"), widget=forms.DateInput(attrs={"type": "date"}))


class SpareForm(TicketForm):
    """Which spare, until when. From where and to whom follow from the spare and the ticket."""

    spare = forms.ModelChoiceField(Spare.objects.none(), label=_("spare machine"), to_field_name="number")
    back_by = forms.DateField(label=_("back by"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("note"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # One that was lent a moment ago has to reach the action, which says to whom; the list offers what is there.
        self.fields["spare"].queryset = Spare.objects.all()
        choices = [(spare.number, f"{spare} · {spare.place}") for spare in spares_to_lend()]
        self.fields["spare"].widget.choices = [("", "---------"), *choices]


class SpareBackForm(TicketForm):
    """What became of the spare; of its data media only when it has any."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        loan = loan_of(self.ticket)
        if loan is None:
            return
        if loan.spare.data_bearing:
            choices = [("", "---------"), *Media.choices]
            self.fields["media"] = forms.ChoiceField(label=_("data media of the spare"), choices=choices, required=False)
        self.fields["broken"] = forms.BooleanField(label=_("the spare came back broken"), required=False)
        self.fields["note"] = forms.CharField(label=_("note on the spare"), max_length=300, required=False)


class RepairedForm(SpareBackForm):
    cause = long(_("cause"), rows=2)
    work_done = long(_("what was done"), rows=2)
    work_minutes = forms.IntegerField(label=_("working time in minutes"), min_value=0, max_value=99_999, required=False)
    cost = forms.DecimalField(label=_("cost in yuan"), min_value=0, max_digits=9, decimal_places=2, required=False)


class UnrepairableForm(TicketForm):
    cause = long(_("why it cannot be repaired"), rows=2)
    work_minutes = forms.IntegerField(label=_("working time in minutes"), min_value=0, max_value=99_999, required=False)


class ReplacementForm(TicketForm):
    """What is to be bought; quotes and approval follow on the request's own page."""

    department = forms.ModelChoiceField(Department.objects.order_by("name"), label=_("department"))
    name = forms.CharField(label=_("what is to be bought"), max_length=100)
    quantity = forms.IntegerField(label=_("quantity"), min_value=1, max_value=1000, initial=1)
    price = forms.DecimalField(label=_("price of one"), min_value=0, max_digits=12, decimal_places=2, required=False)
    reason = long(_("what for"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        thing, person = self.ticket.equipment, self.ticket.assigned_to
        start = {"name": f"{thing.name} {thing.model}".strip()[:100], "reason": self.ticket.cause}
        self.initial = start | {"department": person.department_id if person else None} | self.initial


class FeedBackForm(TicketForm):
    feedback = long(_("what the reporter is told"), rows=2)
    told_how = forms.ChoiceField(label=_("how"), choices=Told.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"feedback": self.ticket.work_done or self.ticket.cause} | self.initial


class TurnAwayForm(TicketForm):
    turned_away_for = forms.ChoiceField(label=_("reason"), choices=TurnedAway.choices)
    duplicate_of = forms.ModelChoiceField(
        RepairTicket.objects.none(), label=_("the ticket that reports the same fault"), required=False, to_field_name="number"
    )
    note = long(_("what the reporter is told"), required=False, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = open_tickets_of(self.ticket.equipment, besides=self.ticket)
        self.fields["duplicate_of"].queryset = others
        self.fields["duplicate_of"].label_from_instance = lambda other: f"{other.number} {other.fault[:40]}"


def technicians():
    roles = list(ACCESS[Permission.TAKE_TICKETS])
    return Staff.objects.filter(is_active=True, staff_roles__role__in=roles).distinct().order_by("name")

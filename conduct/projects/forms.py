from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import ModelForm
from conduct.base.unseen import SeenForm
from conduct.customers.models import Customer
from conduct.people.access import Permission
from conduct.people.models import Staff

from .models import PaymentMilestone, PlannedDay, Project, ProjectMember, ProjectTask
from .queries import people_of, possible_managers


def day():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProjectForm(SeenForm, ModelForm):
    """The head of a project. Its customer is told by number; who manages it is for who sets projects up."""

    customer = forms.ModelChoiceField(
        Customer.objects.all(),
        to_field_name="number",
        label=_("customer's number"),
        help_text=_("Such as C-0001; it stands on the customer's page."),
        widget=forms.TextInput,
        error_messages={"invalid_choice": _("There is no customer of this number.")},
    )

    class Meta:
        model = Project
        fields = ["customer", "name", "contract_number", "manager", "aim"]
        widgets = {"aim": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = possible_managers()
        if self.instance.pk:
            del self.fields["customer"]
            if not by.may(Permission.SET_UP_PROJECTS):
                del self.fields["manager"]


def with_who_stands_there(people, row):
    """Who may be chosen; somebody who has left since stays named until somebody else is."""
    chosen = Q(pk__in=people.values("pk")) | Q(pk=row.staff_id)
    return Staff.objects.filter(chosen).order_by("name")


class RowForm(SeenForm, ModelForm):
    """One row of a project. The project is not a field, and counts all the same when a row may stand there once only."""

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"project"}


class OfThePeopleForm(RowForm):
    """A row that names one of the project's people."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = with_who_stands_there(people_of(self.instance.project), self.instance)


class TaskForm(OfThePeopleForm):
    class Meta:
        model = ProjectTask
        fields = ["name", "staff", "starts_on", "ends_on", "begun_on", "done_on", "percent"]
        widgets = {name: day() for name in ("starts_on", "ends_on", "begun_on", "done_on")}

    def clean(self):
        """What the database holds too, said beside the field that it is about."""
        data = super().clean()
        starts, ends, begun, done = (data.get(name) for name in ("starts_on", "ends_on", "begun_on", "done_on"))
        percent = data.get("percent") or 0
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The task ends before it begins."))
        if percent and not begun:
            self.add_error("begun_on", _("Say when the task was begun."))
        if percent == 100 and not done:
            self.add_error("done_on", _("Say when the task was done."))
        if done and percent < 100:
            self.add_error("percent", _("A task that is done has 100 percent."))
        if begun and done and done < begun:
            self.add_error("done_on", _("The task was done before it was begun."))
        return data


class PaymentForm(RowForm):
    class Meta:
        model = PaymentMilestone
        fields = ["what", "amount", "planned_on", "invoiced_on", "paid_on"]
        widgets = {name: day() for name in ("planned_on", "invoiced_on", "paid_on")}


class MemberForm(RowForm):
    class Meta:
        model = ProjectMember
        fields = ["staff", "part"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = with_who_stands_there(Staff.objects.filter(is_active=True), self.instance)


class DayForm(OfThePeopleForm):
    class Meta:
        model = PlannedDay
        fields = ["staff", "day", "note"]
        widgets = {"day": day()}

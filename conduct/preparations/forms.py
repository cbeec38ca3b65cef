from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form, ModelForm, SheetForm
from conduct.people.models import Staff

from . import timetable
from .models import Job, PreparationPolicy
from .queries import named, preparers
from .states import JobKind

WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class JobForm(ModelForm):
    class Meta:
        model = Job
        fields = ["kind", "name", "department", "room", "group", "starts_at", "software", "teacher"]
        widgets = {"starts_at": WHEN}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teacher"].queryset = Staff.objects.filter(is_active=True).order_by("name")


class MoveForm(Form):
    starts_at = forms.DateTimeField(label=_("begins"), widget=WHEN)
    room = forms.CharField(label=_("room"), max_length=60)
    reason = forms.CharField(label=_("reason"), max_length=300)


class TimetableForm(SheetForm):
    sheet = forms.FileField(
        label=_("timetable"),
        help_text=_(
            "XLSX or CSV with these columns: kind (new course, ordinary exam, mid-term exam, final exam), course or exam, teaching "
            "department, room, beginning (2026-12-07 08:00), class, software wanted, who hands in the standard."
        ),
    )

    def read(self, name, data):
        return timetable.read(name, data, named)


class StandardForm(Form):
    standard = forms.CharField(
        label=_("software standard"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    file = forms.FileField(label=_("as a file"), required=False, help_text=_("Picture or PDF, up to 20 MB."))


class AssignForm(Form):
    to = forms.ModelChoiceField(None, label=_("prepared by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = preparers()


class CheckForm(Form):
    """A tick and a note for each check of a job."""

    def __init__(self, *args, checks, **kwargs):
        super().__init__(*args, **kwargs)
        self.checks = {check.pk: check for check in checks}
        for pk, check in self.checks.items():
            self.fields[f"done_{pk}"] = forms.BooleanField(label=check.text, required=False, initial=check.done_at is not None)
            self.fields[f"note_{pk}"] = forms.CharField(label=_("note"), max_length=200, required=False, initial=check.note)

    @property
    def rows(self):
        """[(check, its tick, its note), …]"""
        return [(check, self[f"done_{pk}"], self[f"note_{pk}"]) for pk, check in self.checks.items()]

    @property
    def done(self):
        return {check: (self.cleaned_data[f"done_{pk}"], self.cleaned_data[f"note_{pk}"]) for pk, check in self.checks.items()}


class ReasonForm(Form):
    reason = forms.CharField(label=_("reason"), max_length=300)


class PolicyForm(ModelForm):
    """Days ahead, and the checks of each kind, one a line."""

    class Meta:
        model = PreparationPolicy
        fields = ["standard_days", "course_days", "exam_days", "midterm_days", "final_days", "in_working_days", "warn_days"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in JobKind:
            self.fields[f"checks_{kind}"] = forms.CharField(
                label=_("What is checked: %(kind)s") % {"kind": kind.label}, required=False, max_length=8000,
                widget=forms.Textarea(attrs={"rows": 10}), initial="\n".join(self.instance.checks.get(kind, ())),
                help_text=_("One check a line."),
            )  # fmt: skip

    def clean(self):
        data, checks = super().clean(), {}
        for kind in JobKind.values:
            lines = [line.strip() for line in data.get(f"checks_{kind}", "").splitlines() if line.strip()]
            if any(len(line) > 200 for line in lines) or len(lines) > 50:
                self.add_error(f"checks_{kind}", _("At most 50 lines of 200 characters."))
            checks[kind] = lines
        self.instance.checks = checks
        return data

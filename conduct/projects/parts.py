"""The four lists of a project, and what a page needs to know of each."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .forms import DayForm, MemberForm, PaymentForm, TaskForm


@dataclass(frozen=True)
class Part:
    """`rows` is the project's reverse relation, `form` writes one row, `title` stands over the list and `new` over an empty form."""

    rows: str
    form: type
    title: str
    new: str

    def of(self, project):
        return getattr(project, self.rows).select_related("project__customer", "project__manager")


PARTS = {
    "plan": Part("tasks", TaskForm, _("Plan"), _("New task")),
    "payments": Part("milestones", PaymentForm, _("Payments"), _("New payment")),
    "team": Part("team", MemberForm, _("Team"), _("New person in the team")),
    "days": Part("planned_days", DayForm, _("Days on site"), _("New day on site")),
}

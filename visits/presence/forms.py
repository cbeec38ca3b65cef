from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.projects.models import Project


def project_field(projects):
    """The choice of a project, told by its number."""
    return forms.ModelChoiceField(projects, to_field_name="number", label=_("project"), required=False, empty_label=_("no project"))


class JoinForm(Form):
    project = project_field(Project.objects.none())

    def __init__(self, *args, projects, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects

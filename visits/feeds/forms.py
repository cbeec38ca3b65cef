from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.people.access import Permission, sees_all

from .queries import choices_for


class FeedForm(Form):
    """Whose visits, and for which program. Everybody's only for who sees all of them."""

    name = forms.CharField(label=_("for which program"), max_length=60, help_text=_("Such as: calendar on my phone."))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        everybody = sees_all(user, Permission.SEE_VISITS)
        self.fields["engineer"] = forms.ModelChoiceField(
            choices_for(user), label=_("whose visits"), required=not everybody, empty_label=_("everybody's") if everybody else None
        )
        self.order_fields(["engineer", "name"])

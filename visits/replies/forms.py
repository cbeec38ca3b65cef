from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.approvals import forms as approvals
from conduct.base.forms import Form, ModelForm

from .models import Reply
from .queries import addresses_of
from .states import Means


class ReplyForm(ModelForm):
    """Written to one of the customer's known addresses; `written()` is what the actions take."""

    class Meta:
        model = Reply
        fields = ["addressee", "subject", "text", "language"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}

    def __init__(self, *args, customer, **kwargs):
        super().__init__(*args, **kwargs)
        labels, reply = dict(Means.choices), self.instance
        known = [
            (f"{means}:{address}", f"{labels[means]} · {address} · {whose}")
            for (means, address), whose in addresses_of(customer).items()
        ]
        now = f"{reply.means}:{reply.recipient}" if reply.recipient else ""
        to = forms.ChoiceField(
            label=_("send it to"), choices=known, initial=now,
            help_text=_("What is known of the customer: its mailbox, its contacts' mailboxes, its sites' fax numbers."),
        )  # fmt: skip
        self.fields = {"to": to, **self.fields}

    def written(self):
        means, recipient = self.cleaned_data["to"].split(":", 1)
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {"means": means, "recipient": recipient}


class AskForm(Form):
    note = forms.CharField(label=_("for the reviewer"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReviewForm(approvals.ReviewForm):
    GOOD = _("It can go to the customer as it stands.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeOverForm(Form):
    """A step that needs no words."""


class DiscardForm(Form):
    reason = forms.CharField(label=_("why"), max_length=300)

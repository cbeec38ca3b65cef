from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form

from .queries import known_addresses
from .states import Language


class InviteForm(Form):
    """To whom a link goes: a known address of the customer, or, copied, to who asks for it."""

    def __init__(self, *args, order, **kwargs):
        super().__init__(*args, **kwargs)
        known = [(address, f"{whose} · {address}") for address, whose in known_addresses(order).items()]
        self.fields["recipient"] = forms.ChoiceField(
            label=_("send the link"),
            choices=[*known, ("", _("show it to me once, to be copied"))],
            widget=forms.RadioSelect,
            required=False,
            initial=known[0][0] if known else "",
        )
        self.fields["language"] = forms.ChoiceField(label=_("language of the customer"), choices=Language.choices)

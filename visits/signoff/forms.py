from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.base import strokes as pen
from conduct.base.forms import Form
from visits.records.schema import is_keepable, normal

from .models import Kind, Settlement

SATISFACTION = [
    (5, _("very satisfied")),
    (4, _("satisfied")),
    (3, _("fair")),
    (2, _("dissatisfied")),
    (1, _("very dissatisfied")),
]


class SignerForm(Form):
    """Who signs; the sign page shows it, and transcribing asks for the same."""

    signer_name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=80)
    signer_position = forms.CharField(label=_("position"), max_length=80)
    signer_telephone = forms.RegexField(
        r"^[0-9+()\- 转]{5,40}$",
        label=_("telephone"),
        error_messages={"invalid": _("A telephone number has digits, spaces, +, - and brackets only.")},
    )
    satisfaction = forms.TypedChoiceField(
        label=_("satisfaction"), choices=SATISFACTION, coerce=int, empty_value=None, widget=forms.RadioSelect, required=False
    )
    comment = forms.CharField(
        label=_("opinions and suggestions"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SignedAt(forms.DateTimeField):
    """The moment as the page sends it, a text with its offset."""

    def to_python(self, value):
        return super().to_python(value if isinstance(value, str) else str(value))


class PackageForm(SignerForm):
    """The package as the sign page posts it."""

    kind = forms.ChoiceField(choices=[(Kind.SIGNED, ""), (Kind.REFUSED, "")])
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$")
    nonce = forms.RegexField(r"^[0-9a-f]{32}$")
    statement = forms.JSONField()
    strokes = forms.JSONField(required=False)
    typed_name = forms.CharField(max_length=80, required=False)
    refusal_reason = forms.CharField(max_length=2000, required=False)
    stamp = forms.CharField(max_length=8_000_000, required=False)
    no_stamp_reason = forms.CharField(max_length=200, required=False)
    signed_at = SignedAt(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.data.get("kind") == Kind.REFUSED:
            self.fields["signer_position"].required = self.fields["signer_telephone"].required = False

    def clean_statement(self):
        statement = self.cleaned_data["statement"]
        if not isinstance(statement, dict) or not is_keepable(statement):
            raise forms.ValidationError(_("It cannot be read."))
        return statement

    def clean(self):
        data = super().clean()
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = normal(value)
        if data.get("kind") == Kind.REFUSED:
            data["strokes"], data["typed_name"], data["stamp"], data["no_stamp_reason"] = None, "", "", ""
            if not data.get("refusal_reason"):
                self.add_error("refusal_reason", _("Please say why, in a few words."))
        else:
            data["refusal_reason"] = ""
            self.check_service(data)
            self._check_pen(data)
        return data

    def check_service(self, data):
        """What only somebody who was served can say: how content they are, and with which stamp."""
        if not data.get("satisfaction"):
            self.add_error("satisfaction", _("Please choose one."))
        if not data.get("stamp") and not data.get("no_stamp_reason"):
            self.add_error("no_stamp_reason", _("Add the stamp's picture, or say why there is none."))

    def _check_pen(self, data):
        if data.get("typed_name"):
            data["strokes"] = None
            return
        try:
            data["strokes"] = pen.clean(data.get("strokes"))
        except ValueError as error:
            self.add_error("strokes", str(error))


class TranscribeForm(SignerForm):
    scan = forms.FileField(label=_("photo or scan of the signed sheet"))
    record_number = forms.CharField(
        label=_("record number on the sheet"),
        required=False,
        help_text=_("Only needed when the sheet's QR code cannot be read."),
    )
    signed_at = forms.DateTimeField(
        label=_("signed at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    no_stamp_reason = forms.CharField(label=_("why there is no stamp"), max_length=200, required=False)


class StampedCopyForm(Form):
    stamped_copy = forms.FileField(label=_("photo or scan of the stamped copy"))


class SettleForm(Form):
    settlement = forms.ChoiceField(label=_("decision"), choices=Settlement.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CorrectForm(Form):
    reason = forms.CharField(label=_("what has to be corrected"), max_length=300)


class LeaveForm(Form):
    secret = forms.CharField(
        label=_("the engineer's password, or the code of the second factor"),
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

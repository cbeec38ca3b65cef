"""The forms of the record page, made from the kinds' rules, so that the page and the server never differ."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.base.forms import Form
from conduct.checklists.gates import ALLOWANCE, AnswerCode

from .kinds import KINDS, MAX_TEXT

# What the page asks in other ways: buttons, one row a scope item.
NOT_ASKED = {"step", "withdraw", "change_start"}
HIDDEN = {"rule_code", "position", "runbook_step", "attendee", "question"}


def _field(rule):
    common = {"label": rule.label, "required": rule.required, "help_text": rule.help}
    if rule.type == "long":
        widget = forms.Textarea(attrs={"rows": 3, "maxlength": rule.max})
        return forms.CharField(widget=widget, **common)
    if rule.type == "choice":
        offered = [choice for choice in rule.choices if choice[0] not in rule.retired]
        return forms.ChoiceField(choices=offered if rule.required else [("", "—"), *offered], **common)
    if rule.type == "item":
        return forms.CharField(widget=forms.Select(attrs={"data-items": "1"}), **common)
    if rule.type == "signature":
        return forms.CharField(widget=forms.HiddenInput(attrs={"data-pad": rule.label}), **common)
    if rule.type == "number":
        return forms.IntegerField(min_value=0, max_value=rule.max, **common)
    if rule.type == "yes":
        return forms.BooleanField(**common)
    if rule.type == "file":
        accept = "image/jpeg,image/png,image/webp,application/pdf"
        return forms.FileField(widget=forms.FileInput(attrs={"accept": accept}), **common)
    kinds = {"time": "datetime-local", "date": "date", "text": "text"}
    attrs = {"type": kinds[rule.type], "data-type": rule.type} | ({"maxlength": rule.max} if rule.type == "text" else {})
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **common)


def form_of(kind):
    """An empty form of one kind of entry. Its ids carry the kind, because the page holds all of them."""
    fields = {name: _field(rule) for name, rule in KINDS[kind].items()}
    for name in HIDDEN & fields.keys():
        fields[name].widget = forms.HiddenInput(attrs={"data-next": "1"} if name == "position" else {})
    return type(f"{kind.title()}Form", (Form,), fields)(auto_id=f"{kind}-%s")


class AnswerForm(Form):
    """The answer that headquarters itself gives to a rule, with the evidence that the rule asks for."""

    EVIDENCE = {
        "photo": ("file",), "file": ("file",),
        **dict.fromkeys(("approval", "signature"), ("file", "evidence_name", "evidence_date")),
    }  # fmt: skip

    answer = forms.ChoiceField(label=_("answer"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("note"), max_length=MAX_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label=_("photo or file"), required=False)
    evidence_name = forms.CharField(label=_("signed by"), max_length=80, required=False)
    evidence_date = forms.DateField(label=_("signed on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    allowed_name = forms.CharField(label=_("allowed by"), max_length=80, required=False)
    allowed_at = forms.DateTimeField(label=_("allowed at"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    allowed_how = forms.CharField(label=_("by telephone, message, mail"), max_length=80, required=False)
    allowed_why = forms.CharField(label=_("why"), max_length=300, required=False)

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, prefix=rule.code, **kwargs)
        needed = {"answer", "note", *self.EVIDENCE.get(rule.evidence, ()), *(ALLOWANCE if rule.enforce == "gate" else ())}
        for name in set(self.fields) - needed:
            del self.fields[name]
        leave = (AnswerCode.ALLOWED_BY,) if rule.enforce != "gate" else ()
        self.fields["answer"].choices = [choice for choice in AnswerCode.choices if choice[0] not in leave]

    @property
    def given(self):
        """The answer as archiving.answer_before_archive takes it."""
        data = dict(self.cleaned_data)
        allowed = {name: data.pop(name) for name in ALLOWANCE if name in data}
        return data | {"upload": data.pop("file", None), "allowed": allowed}


def all_forms():
    return {kind: form_of(kind) for kind in KINDS if kind not in NOT_ASKED}

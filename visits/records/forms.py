"""The forms of the record page, made from the kinds' rules, so that the page and the server never differ."""

from django import forms

from conduct.base.forms import Form

from .kinds import KINDS

# What the page asks in other ways: buttons, one row a scope item.
NOT_ASKED = {"step", "withdraw", "change_start"}
HIDDEN = {"rule_code", "position", "runbook_step", "attendee"}


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


def all_forms():
    return {kind: form_of(kind) for kind in KINDS if kind not in NOT_ASKED}

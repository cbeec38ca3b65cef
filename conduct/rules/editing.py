"""Pages that change a draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.unseen import row_or_fresh
from conduct.people.access import Permission

from . import actions, catalogue, spreadsheet
from .forms import DraftForm, EditionForm, ImportForm, PublishForm, RuleForm
from .models import Rule
from .queries import drafts_for, editions_for, rules_of

FORM = "conduct/rules/form.html"


def _to_edit(request, code):
    """The draft of this name. Who sends a form that was opened before somebody published it is told so by the action, typing and all."""
    require(request.user, Permission.EDIT_RULES)
    rows = editions_for(request.user) if request.method == "POST" else drafts_for(request.user)
    return get_or_404(rows, code=code)


@login_required
def begin(request):
    """A new draft: a copy of the edition in force."""
    require(request.user, Permission.EDIT_RULES)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if draft := act(form, actions.begin_draft, edition=form.instance, by=request.user, at=timezone.now()):
            return redirect(draft)
    return render(request, FORM, {"form": form, "heading": _("New edition"), "is_new_edition": True})


@login_required
def new_rule(request, edition):
    draft = _to_edit(request, edition)
    return _edit(request, draft, Rule(edition=draft), _("New rule"))


@login_required
def edit_rule(request, edition, code):
    draft = _to_edit(request, edition)
    rule = row_or_fresh(request, rules_of(draft).select_related("edition"), Rule(edition=draft), code=code)
    return _edit(request, draft, rule, code)


def _edit(request, draft, rule, heading):
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        if act(form, actions.save_rule, rule=form.instance, seen=form.seen, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect(draft)
    return render(request, FORM, {"form": form, "heading": heading, "edition": draft, "rule": rule})


@login_required
@require_POST
def remove_rule(request, edition, code):
    draft = _to_edit(request, edition)
    rule = get_or_404(rules_of(draft).select_related("edition"), code=code)
    actions.remove_rule(rule=rule, by=request.user, at=timezone.now())
    messages.success(request, _("%(code)s leaves this edition. Older editions keep it.") % {"code": code})
    return redirect(draft)


@login_required
def import_file(request, edition):
    """Replace a draft's rules by a file, or name every line that is wrong and change nothing."""
    draft = _to_edit(request, edition)
    form, errors = ImportForm(request.POST or None, request.FILES or None, draft=draft), []
    if request.method == "POST" and form.is_valid():
        rules, errors = _read(form.cleaned_data["file"])
        facts = {"edition": draft, "rules": rules, "seen": form.cleaned_data["seen"]}
        if rules and act(form, actions.import_rules, **facts, by=request.user, at=timezone.now()):
            messages.success(request, _("%(count)d rules were read.") % {"count": len(rules)})
            return redirect(draft)
    return render(request, "conduct/rules/import.html", {"form": form, "edition": draft, "errors": errors})


def _read(upload):
    """(rules, errors): one of the two is empty."""
    data = upload.read()
    try:
        if data.startswith(b"PK"):
            return spreadsheet.read(data), []
        return catalogue.read(data.decode("utf-8"))[1], []
    except UnicodeDecodeError:
        return [], [catalogue.BadLine(1, "", _("This is neither YAML (UTF-8) nor a spreadsheet (XLSX)."))]
    except catalogue.CatalogueError as error:
        return [], error.errors


@login_required
@require_POST
def publish(request, edition):
    draft = _to_edit(request, edition)
    form = PublishForm(request.POST, draft=draft)
    if form.is_valid():
        at = timezone.now()
        facts = {"valid_from": form.cleaned_data["valid_from"] or at, "seen": form.cleaned_data["seen"]}
        if act(form, actions.publish, edition=draft, **facts, by=request.user, at=at):
            messages.success(request, _("Published. Who has something to read is told."))
            return redirect(draft)
    context = {"form": form, "heading": draft.code, "edition": draft, "submit": _("Publish")}
    return render(request, FORM, context, status=422)


@login_required
@require_POST
def discard(request, edition):
    draft = _to_edit(request, edition)
    form = DraftForm(request.POST, draft=draft)
    actions.discard(edition=draft, seen=form.is_valid() and form.cleaned_data["seen"], by=request.user, at=timezone.now())
    messages.success(request, _("The draft is gone."))
    return redirect("rules:editions")

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission

from . import actions, catalogue, queries, spreadsheet
from .differences import difference
from .forms import PublishForm
from .queries import current_edition, editions_for, rules_of
from .states import Enforcement, Severity, Stage
from .words import in_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def rule_list(request):
    """The code of conduct in force, by chapter."""
    require(request.user, Permission.SEE_RULES)
    edition = current_edition(timezone.now())
    rules = rules_of(edition)
    for name, choices in (("enforce", Enforcement), ("severity", Severity), ("stage", Stage)):
        if request.GET.get(name) in choices.values:
            rules = rules.filter(**{name: request.GET[name]})
    text = request.GET.get("q", "").strip()
    shown = [rule for rule in rules if text.lower() in f"{rule.code} {rule.zh} {rule.en}".lower()]
    filters = [
        ("stage", _("chapter"), _("all chapters"), Stage.choices, request.GET.get("stage")),
        ("enforce", _("enforcement"), _("every enforcement"), Enforcement.choices, request.GET.get("enforce")),
        ("severity", _("severity"), _("every severity"), Severity.choices, request.GET.get("severity")),
    ]
    context = {"edition": edition, "chapters": _chapters(shown), "count": len(shown), "filters": filters, "q": text}
    return render(request, "conduct/rules/list.html", context)


def _chapters(rules):
    """[(chapter's label, [rule, …]), …] without empty chapters."""
    chapters = [(stage.label, [rule for rule in rules if rule.stage == stage]) for stage in Stage]
    return [chapter for chapter in chapters if chapter[1]]


@login_required
def editions(request):
    require(request.user, Permission.SEE_RULES)
    rows = editions_for(request.user).select_related("published_by").order_by("-valid_from", "-id")
    context = {"rows": rows, "current": current_edition(timezone.now())}
    return render(request, "conduct/rules/editions.html", context)


@login_required
def edition(request, edition):
    """One edition, with what changed against the one before it or against `?against=`."""
    shown = get_or_404(editions_for(request.user), code=edition)
    others = editions_for(request.user).exclude(pk=shown.pk).exclude(published_at=None).order_by("-valid_from", "-id")
    chosen = request.GET.get("against")
    other = get_or_404(others, code=chosen) if chosen else _before(shown, others)
    rules = list(rules_of(shown))
    context = {
        "edition": shown, "chapters": _chapters(rules), "others": others, "other": other, "publish_form": PublishForm(draft=shown),
        "difference": in_words(difference(rules_of(other), rules)) if other else None, "count": len(rules),
        "may_edit": shown.is_draft and request.user.may(Permission.EDIT_RULES),
    }  # fmt: skip
    return render(request, "conduct/rules/edition.html", context)


def _before(shown, others):
    earlier = others if shown.is_draft else others.filter(valid_from__lte=shown.valid_from)
    return earlier.first()


@login_required
def export_yaml(request, edition):
    shown = get_or_404(editions_for(request.user), code=edition)
    return _download(catalogue.write(shown, rules_of(shown)), f"{shown.code}.yaml", "application/yaml; charset=utf-8")


@login_required
def export_xlsx(request, edition):
    shown = get_or_404(editions_for(request.user), code=edition)
    return _download(spreadsheet.write(rules_of(shown)), f"{shown.code}.xlsx", XLSX)


def _download(data, name, content_type):
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
def briefing(request):
    """The principles, one after the other; each press says that this one was read.

    Of the edition in force, or of the one that `?edition=` names: one that comes, or one under which a visit was proposed.
    """
    require(request.user, Permission.SEE_RULES)
    code, held = request.GET.get("edition"), current_edition(timezone.now())
    if code:
        held = get_or_404(editions_for(request.user).exclude(published_at=None), code=code)
    if request.method == "POST":
        rule = get_or_404(queries.briefing(held, request.user.roles), code=request.POST.get("code"))
        actions.acknowledge(rule=rule, by=request.user, at=timezone.now())
        return redirect(request.get_full_path())
    asked, left = queries.briefing(held, request.user.roles).count(), list(queries.to_read(held, request.user))
    context = {"edition": held, "asked": asked, "read": asked - len(left), "rule": left[0] if left else None}
    return render(request, "conduct/rules/briefing.html", context)


@login_required
def readers(request):
    """Who has read the edition in force, and who has not."""
    require(request.user, Permission.SEE_READERS)
    held = current_edition(timezone.now())
    return render(request, "conduct/rules/readers.html", {"edition": held, "rows": queries.readers(held) if held else []})

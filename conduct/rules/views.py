from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from conduct.base.access import require
from conduct.people.access import Permission

from .queries import current_edition, rules_of
from .states import Enforcement, Severity, Stage


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
    chapters = [(stage.label, [rule for rule in shown if rule.stage == stage]) for stage in Stage]
    context = {"edition": edition, "chapters": [row for row in chapters if row[1]], "count": len(shown), "query": request.GET}
    filters = [("stage", Stage.choices), ("enforce", Enforcement.choices), ("severity", Severity.choices)]
    return render(request, "conduct/rules/list.html", context | {"filters": filters, "q": text})

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from conduct.base.access import require
from conduct.base.paging import keyset
from conduct.people.access import Permission
from conduct.rules.models import Rule

from .queries import reported_for


@login_required
def reported(request):
    """What headquarters has to see: answers of "no", and gates passed by leave."""
    require(request.user, Permission.ALLOW_GATES)
    page = keyset(reported_for(request.user), request, order=("-at", "-id"))
    codes = {answer.rule_code for answer in page.rows}
    texts = {(rule.edition_id, rule.code): rule.text for rule in Rule.objects.filter(code__in=codes)}
    for answer in page.rows:
        answer.text = texts.get((answer.checklist.edition_id, answer.rule_code), answer.rule_code)
    return render(request, "conduct/checklists/list.html", {"page": page})

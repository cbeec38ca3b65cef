from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from conduct.base.access import require
from conduct.people.access import Permission
from conduct.rules.queries import current_edition, rules_of

from .table import mechanisms


@login_required
def mapping(request):
    """Rule → what the software does → the test that shows it, made from the edition in force. Gaps are called gaps."""
    require(request.user, Permission.SEE_RULES)
    edition = current_edition(timezone.now())
    rows = mechanisms(rules_of(edition)) if edition else []
    gaps = [row for row in rows if row.is_gap]
    return render(request, "visits/mechanisms/mapping.html", {"edition": edition, "rows": rows, "gaps": gaps})

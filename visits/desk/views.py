from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from conduct.base.access import get_or_404

from . import page
from .queries import sections_for, still_to_read, whole_visit
from .waiting import waiting_for


@login_required
def today(request):
    """The first page: what waits for this person."""
    at = timezone.now()
    sections = sections_for(request.user, at)
    context = {"sections": sections, "now": at, "month": f"{timezone.localtime(at):%Y-%m}"}
    context["still_to_read"] = still_to_read(request.user, at)
    context["waiting"] = waiting_for(request.user, at)
    return render(request, "visits/desk/today.html", context)


@login_required
def visit(request, number):
    """One visit with its whole time-line."""
    shown = get_or_404(whole_visit(request.user), number=number)
    return render(request, "visits/desk/visit.html", page.context(shown, request.user, timezone.now()))

"""Pages around the board: the health of the plan, and the hours of each engineer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import require
from conduct.people.access import Permission
from conduct.people.queries import bookable_engineers

from . import actions, health
from .forms import CapacityForm


@login_required
def plan_health(request):
    require(request.user, Permission.PLAN_VISITS)
    checks = health.checks(request.user, timezone.now(), request.user.time_zone)
    return render(request, "visits/board/health.html", {"checks": checks, "wrong": sum(bool(check["rows"]) for check in checks)})


@login_required
def hours(request):
    """How long each engineer can be on visits a day."""
    require(request.user, Permission.PLAN_VISITS)
    form = CapacityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hours, engineer = form.cleaned_data["hours"], form.cleaned_data["engineer"]
        minutes = None if hours is None else round(hours * 60)
        actions.set_capacity(engineer=engineer, minutes=minutes, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("board:hours")
    rows = bookable_engineers().select_related("staff", "capacity")
    return render(request, "visits/board/hours.html", {"rows": rows, "form": form}, status=422 if form.errors else 200)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404
from conduct.base.forms import act
from conduct.people.access import Permission
from visits.schedule.queries import visit_page

from . import actions
from .forms import PointForm
from .queries import photos_of, points_of


@login_required
def ticket(request, number, entry_id):
    """Make a repair ticket of an open point: its engineer may, and who plans visits."""
    visit = get_or_404(visit_page(request.user), number=number)
    if not (request.user.may(Permission.PLAN_VISITS) or request.user.may(Permission.WRITE_RECORD, visit)):
        raise Http404
    entry = get_or_404(points_of(visit), pk=entry_id)
    form = PointForm(request.POST or None, visit=visit, photos=photos_of(visit), initial={"fault": entry.payload["text"][:2000]})
    if request.method == "POST" and form.is_valid():
        if made := act(form, actions.raise_ticket, entry=entry, by=request.user, at=timezone.now(), **form.facts()):
            messages.success(request, _("Reported as %(number)s.") % {"number": made.number})
            return redirect(visit)
    return render(request, "visits/points/ticket.html", {"visit": visit, "entry": entry, "form": form})

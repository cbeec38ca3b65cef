from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission, sees_all
from visits.schedule.queries import visit_page

from . import actions
from .forms import CloseForm, HandOnForm, PointForm, ReportForm
from .queries import matters_for, photos_of, points_of, shown
from .states import PointState

SHOWS = ("waiting", "late", "mine", "all")


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
    context = {"visit": visit, "entry": entry, "form": form}
    return render(request, "visits/points/ticket.html", context, status=422 if form.errors else 200)


@login_required
def point_list(request):
    """What customers asked and what remained open, each with who sees to it."""
    require(request.user, Permission.SEE_PROMISES)
    at = timezone.now()
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "waiting"
    page = keyset(shown(matters_for(request.user), request.user, show, at), request, order=("-raised_at", "-id"))
    return render(request, "visits/points/list.html", {"page": page, "show": show, "now": at})


@login_required
def point(request, number, entry_id):
    return _page(request, _matter(request, number, entry_id))


def _matter(request, number, entry_id):
    return get_or_404(matters_for(request.user), visit__number=number, entry=entry_id)


def _page(request, matter, **forms):
    """The point, what may be done with it, and the form that was filled in wrongly."""
    wrong = any(form.errors for form in forms.values())
    context = {"point": matter, "visit": matter.visit, "is_late": matter.is_late(timezone.now())}
    context["may_raise"] = request.user.may(Permission.PLAN_VISITS) or request.user.may(Permission.WRITE_RECORD, matter.visit)
    if matter.is_waiting and request.user.may(Permission.KEEP_PROMISES, matter):
        context["close_form"] = CloseForm(prefix="close")
        if matter.state == PointState.OPEN:
            context["report_form"] = ReportForm(prefix="report")
        if sees_all(request.user, Permission.KEEP_PROMISES):
            context["hand_on_form"] = HandOnForm(initial={"owner": request.user.username})
    return render(request, "visits/points/point.html", context | forms, status=422 if wrong else 200)


VERBS = {
    "report": (partial(ReportForm, prefix="report"), actions.report),
    "close": (partial(CloseForm, prefix="close"), actions.close),
    "hand_on": (HandOnForm, actions.hand_on),
}


@login_required
@require_POST
def tend(request, number, entry_id, verb):
    """Report it, close it, or give it to somebody; the last is headquarters' to say."""
    matter = _matter(request, number, entry_id)
    require(request.user, Permission.KEEP_PROMISES, matter)
    if verb == "hand_on" and not sees_all(request.user, Permission.KEEP_PROMISES):
        raise Http404
    form_class, action = VERBS[verb]
    form = form_class(request.POST)
    if form.is_valid() and act(form, partial(_doing, action), point=matter, by=request.user, at=timezone.now(), **form.cleaned_data):
        messages.success(request, _("Noted."))
        return redirect(matter)
    return _page(request, matter, **{f"{verb}_form": form})


def _doing(action, *, point, **facts):
    action(point=point, **facts)
    return point

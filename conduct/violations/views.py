from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.trail.queries import trail_of

from . import actions, queries
from .forms import RaiseForm
from .frame import GROWS_AT
from .offers import doors, offers
from .steps import STEPS
from .words import measures


@login_required
def violation_list(request):
    """Breaches: what waits for this person, or all that this person may see. Above them an engineer's own points, or, for who rules, those of
    the one `?engineer=`, whose breaches alone are listed then."""
    require(request.user, Permission.SEE_VIOLATIONS)
    show = "all" if request.GET.get("show") == "all" else "waiting"
    rows = queries.violations_for(request.user) if show == "all" else queries.waiting_for(request.user, timezone.now())
    if one := queries.engineer_to_read(request.user, request.GET.get("engineer")):
        rows = rows.filter(engineer=one)
    page = keyset(rows, request, order=("-registered_at", "-id"))
    context = {"page": page, "show": show, "one": one, "points": _points(one or getattr(request.user, "engineer", None))}
    return render(request, "conduct/violations/list.html", context)


def _points(engineer):
    if engineer is None:
        return None
    months = queries.points_by_month(engineer, timezone.now(), company().time_zone)
    total = sum(points for _month, points, _until in months)
    return {"total": total, "months": months, "grows_at": GROWS_AT, "barred_until": engineer.barred_until}


@login_required
def new(request):
    require(request.user, Permission.RAISE_VIOLATIONS)
    at = timezone.now()
    facts = {"today": day_of(at, company().time_zone), "edition_on": lambda day: queries.edition_on(day, at)}
    form = RaiseForm(request.POST or None, request.FILES or None, **facts)
    if request.method == "POST" and form.is_valid():
        if raised := act(form, actions.raise_violation, by=request.user, at=at, **form.cleaned_data):
            messages.success(request, _("Registered. The engineer is asked for an answer."))
            return redirect(raised)
    return render(request, "conduct/violations/new.html", {"form": form})


@login_required
def detail(request, number):
    return _page(request, get_or_404(queries.violations_for(request.user), number=number))


@login_required
@require_POST
def take(request, number, what):
    """One step of a breach. Who may only look at it gets 404."""
    violation = get_or_404(queries.violations_for(request.user), number=number)
    if what not in doors(request.user, violation):
        raise Http404
    step = STEPS[what]
    form = step.form(violation, request.POST, request.FILES)
    if form.is_valid():
        act(form, step.action, violation=violation, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, violation, bound={what: form}, status=422)
    messages.success(request, step.done)
    seen = queries.violations_for(request.user).filter(pk=violation.pk).exists()
    return redirect(violation if seen else "violations:list")


@login_required
def file(request, number, file_id):
    violation = get_or_404(queries.violations_for(request.user), number=number)
    return serve(get_or_404(violation.evidence.select_related("file"), file_id=file_id).file)


def _page(request, violation, bound=None, status=200):
    bound, at = bound or {}, timezone.now()
    standing = queries.ruling_of(violation)
    offered = offers(request.user, violation, standing, at)
    offered = [*(name for name in bound if name not in offered), *offered]
    context = {
        "violation": violation,
        "rulings": [(ruling, measures(ruling)) for ruling in violation.rulings.select_related("by")],
        "evidence": violation.evidence.select_related("file", "by"),
        "steps": [(name, STEPS[name], bound.get(name) or STEPS[name].form(violation)) for name in offered],
        "can_appeal": violation.is_of(request.user) and "appeal" in offered,
        "answer_runs": violation.state == "raised" and at <= violation.answer_until,
        "appeal_ended": violation.state == "ruled" and at > violation.appeal_until,
        "history": trail_of(violation)[:20],
    }
    if request.user.may(Permission.RULE_VIOLATIONS) and not violation.is_of(request.user):
        context["earlier"] = [(ruling, measures(ruling)) for ruling in queries.earlier_rulings(violation)]
        context["points"] = queries.points_before(violation.engineer, violation.registered_at)
        context["grows_at"] = GROWS_AT
    return render(request, "conduct/violations/detail.html", context, status=status)

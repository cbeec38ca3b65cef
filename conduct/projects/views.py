from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.base.unseen import row_or_fresh
from conduct.people.access import Permission

from . import actions
from .forms import ProjectForm
from .models import Project
from .page import shown_part
from .parts import PARTS
from .queries import may_edit, projects_for, sees_money
from .states import ProjectState

MOVES = {"close": actions.close, "reopen": actions.reopen}


@login_required
def project_list(request):
    require(request.user, Permission.SEE_PROJECTS)
    state = request.GET.get("state") if request.GET.get("state") in ProjectState.values else ProjectState.OPEN
    rows = projects_for(request.user).filter(state=state).prefetch_related("tasks", "milestones")
    page = keyset(rows, request, order=("-created_at", "-id"))
    for row in page.rows:
        late = [payment for payment in row.milestones.all() if payment.paid_on is None and payment.planned_on < timezone.localdate()]
        row.overdue = len(late) if sees_money(row, request.user) else 0
    context = {"page": page, "state": state, "states": ProjectState.choices}
    return render(request, "conduct/projects/list.html", context)


@login_required
def new(request):
    require(request.user, Permission.SET_UP_PROJECTS)
    return _head(request, Project(), _("New project"), {"customer": request.GET.get("customer", "")})


@login_required
def edit(request, number):
    project = get_or_404(projects_for(request.user), number=number)
    if not may_edit(project, request.user):
        raise Http404
    return _head(request, project, project.number)


def _head(request, project, heading, initial=None):
    form = ProjectForm(request.POST or None, instance=project, initial=initial, by=request.user)
    if request.method == "POST" and form.is_valid():
        if kept := act(form, actions.save_project, project=form.instance, seen=form.seen, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect(kept)
    context = {"form": form, "heading": heading, "back": project.get_absolute_url() if project.pk else reverse("projects:list")}
    return render(request, "conduct/projects/form.html", context, status=422 if form.errors else 200)


def _project(request, number, part, *, to_edit):
    """The project, when this person may see (or edit) that list of it."""
    project = get_or_404(projects_for(request.user), number=number)
    if part == "payments" and not sees_money(project, request.user):
        raise Http404
    if to_edit and not may_edit(project, request.user):
        raise Http404
    return project


@login_required
def part(request, number, part):
    """One list of a project: its plan, its payments, its team, its planned days."""
    project = _project(request, number, part, to_edit=False)
    context = {"project": project, "part": part, "list": PARTS[part], "may_edit": _may_write(project, request.user)}
    return render(request, f"conduct/projects/{part}.html", context | shown_part(project, part, timezone.localdate()))


def _may_write(project, user):
    return project.state == ProjectState.OPEN and may_edit(project, user)


@login_required
def row(request, number, part, pk=None):
    """A new row of a list, or one that is changed."""
    project = _project(request, number, part, to_edit=True)
    form_of, rows = PARTS[part].form, PARTS[part].of(project)
    new = rows.model(project=project)
    known = row_or_fresh(request, rows, new, pk=pk) if pk else new
    heading = str(known) if known.pk else PARTS[part].new
    form = form_of(request.POST or None, instance=known)
    back = reverse("projects:part", args=[number, part])
    if request.method == "POST" and form.is_valid():
        if act(form, actions.save_row, row=form.instance, seen=form.seen, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {"form": form, "project": project, "heading": heading, "back": back, "pk": known.pk, "part": part}
    return render(request, "conduct/projects/form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request, number, part, pk):
    project = _project(request, number, part, to_edit=True)
    actions.remove_row(row=get_or_404(PARTS[part].of(project), pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("Taken out."))
    return redirect("projects:part", number, part)


@login_required
@require_POST
def change_state(request, number, to):
    project = get_or_404(projects_for(request.user), number=number)
    if not may_edit(project, request.user):
        raise Http404
    MOVES[to](project=project, by=request.user, at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect(project)

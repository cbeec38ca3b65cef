from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from conduct.workdays.queries import standard_calendar

from . import actions, queries
from .due import urgency
from .forms import AssignForm, CheckForm, JobForm, MoveForm, PolicyForm, ReasonForm, StandardForm, TimetableForm
from .states import JobKind, JobState

FIELDS = ("kind", "name", "department", "room", "group", "starts_at", "software", "teacher")


def _today():
    calendar = standard_calendar()
    return day_of(timezone.now(), calendar.zone), calendar


@login_required
def job_list(request):
    """What is to be done, the next one due first; or what is late, mine, or everything."""
    require(request.user, Permission.SEE_PREPARATIONS)
    (today, calendar), rule = _today(), queries.policy()
    show, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    rows = queries.shown(request.user, show, kind, today)
    page = keyset(rows, request, order=("-starts_at", "-id") if show == "all" else ("due_on", "id"))
    for row in page:
        row.how = urgency(row.next_due, today, rule.warn_days, calendar) if row.state in JobState.TO_DO else ""
    is_late = queries.jobs_for(request.user).filter(queries.late(today)).exists()
    context = {"page": page, "show": show, "kind": kind, "kinds": JobKind.choices, "is_late": is_late}
    return render(request, "conduct/preparations/list.html", context)


@login_required
def new(request):
    require(request.user, Permission.PLAN_PREPARATIONS)
    form = JobForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in FIELDS}
        if planned := act(form, actions.plan, by=request.user, at=timezone.now(), **facts):
            messages.success(request, _("Planned. It has to be ready by %(day)s.") % {"day": planned.due_on})
            return redirect(planned)
    return render(request, "conduct/preparations/form.html", {"form": form, "heading": _("New preparation")})


@login_required
def take_over(request):
    require(request.user, Permission.PLAN_PREPARATIONS)
    form = TimetableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, actions.take_over, rows=form.cleaned_data["sheet"], by=request.user, at=timezone.now())
        if done:
            _say_what_came(request, *done)
            return redirect("preparations:list")
    return render(request, "conduct/preparations/import.html", {"form": form}, status=422 if form.errors else 200)


def _say_what_came(request, new, known):
    said = ngettext("%(count)d preparation planned.", "%(count)d preparations planned.", len(new)) % {"count": len(new)}
    messages.success(request, said)
    if known:
        said = ngettext("%(count)d was planned already.", "%(count)d were planned already.", known)
        messages.info(request, said % {"count": known})
    today, _calendar = _today()
    if late := [job.number for job in new if job.next_due < today]:
        messages.warning(request, _("Due before today, so late at once: %(numbers)s") % {"numbers": ", ".join(late[:20])})


@login_required
def edit_policy(request):
    require(request.user, Permission.PLAN_PREPARATIONS)
    form = PolicyForm(request.POST or None, instance=queries.policy())
    if request.method == "POST" and form.is_valid():
        actions.save_policy(policy=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("preparations:list")
    return render(request, "conduct/preparations/form.html", {"form": form, "heading": _("Days ahead and checks")})


@login_required
def job(request, number):
    return _page(request, get_or_404(queries.jobs_for(request.user), number=number))


def _page(request, thing, status=200, **forms):
    """The page, with the forms of what this person can do; `forms` are those that were refused, with what was typed."""
    user, (today, calendar) = request.user, _today()
    works, checks = queries.to_work_on(user).filter(pk=thing.pk).exists(), thing.checks.select_related("done_by")
    context = {"job": thing, "works": works, "checks": checks, "history": trail_of(thing)[:15]}
    context["takes"] = queries.free_jobs(user).filter(pk=thing.pk).exists()
    if thing.state in JobState.TO_DO:
        context["how"] = urgency(thing.next_due, today, queries.policy().warn_days, calendar)
    open_forms = _planners_forms(user, thing) | _workers_forms(user, thing, works, checks)
    return render(request, "conduct/preparations/job.html", context | open_forms | forms, status=status)


def _planners_forms(user, thing):
    if not user.may(Permission.PLAN_PREPARATIONS) or thing.state == JobState.CANCELLED:
        return {}
    forms = {"move_form": MoveForm(initial={"starts_at": thing.starts_at, "room": thing.room}), "cancel_form": ReasonForm()}
    if thing.state in JobState.TO_DO:
        forms["assign_form"] = AssignForm(initial={"to": thing.assigned_to_id})
    return forms


def _workers_forms(user, thing, works, checks):
    forms = {}
    if user.may(Permission.HAND_IN_STANDARDS) and thing.kind == JobKind.COURSE and thing.state in JobState.TO_DO:
        forms["standard_form"] = StandardForm(initial={"standard": thing.standard})
    if works and thing.state == JobState.OPEN:
        forms["check_form"] = CheckForm(checks=checks)
    if works and thing.state == JobState.READY:
        forms["reopen_form"] = ReasonForm()
    return forms


@login_required
def standard_file(request, number):
    thing = get_or_404(queries.jobs_for(request.user).exclude(standard_file=None), number=number)
    return serve(thing.standard_file)


def _done(request, thing, form, name, action, said, **facts):
    """Call the action with what the form says; a refusal comes back on the page, beside its field."""
    if form.is_valid():
        act(form, action, job=thing, by=request.user, at=timezone.now(), **form.cleaned_data, **facts)
    if form.errors:
        return _page(request, thing, status=422, **{name: form})
    messages.success(request, said)
    return redirect(thing)


@login_required
@require_POST
def hand_in(request, number):
    require(request.user, Permission.HAND_IN_STANDARDS)
    thing = get_or_404(queries.jobs_for(request.user), number=number)
    return _done(request, thing, StandardForm(request.POST, request.FILES), "standard_form", actions.hand_in, _("Handed in."))


@login_required
@require_POST
def take(request, number):
    thing = get_or_404(queries.free_jobs(request.user), number=number)
    return _step(request, thing, actions.assign, _("Yours now."), to=request.user)


@login_required
@require_POST
def assign(request, number):
    require(request.user, Permission.PLAN_PREPARATIONS)
    thing = get_or_404(queries.jobs_for(request.user), number=number)
    return _done(request, thing, AssignForm(request.POST), "assign_form", actions.assign, _("Assigned."))


@login_required
@require_POST
def tick(request, number):
    thing = get_or_404(queries.to_work_on(request.user), number=number)
    form = CheckForm(request.POST, checks=thing.checks.select_related("done_by"))
    if form.is_valid():
        act(form, actions.tick, job=thing, done=form.done, by=request.user, at=timezone.now())
    if form.errors:
        return _page(request, thing, status=422, check_form=form)
    messages.success(request, _("Saved."))
    return redirect(thing)


@login_required
@require_POST
def say_ready(request, number):
    thing = get_or_404(queries.to_work_on(request.user), number=number)
    return _step(request, thing, actions.say_ready, _("Ready."))


def _step(request, thing, action, said, **facts):
    action(job=thing, by=request.user, at=timezone.now(), **facts)
    messages.success(request, said)
    return redirect(thing)


@login_required
@require_POST
def reopen(request, number):
    thing = get_or_404(queries.to_work_on(request.user), number=number)
    return _done(request, thing, ReasonForm(request.POST), "reopen_form", actions.reopen, _("Open again."))


@login_required
@require_POST
def reschedule(request, number):
    require(request.user, Permission.PLAN_PREPARATIONS)
    thing = get_or_404(queries.jobs_for(request.user), number=number)
    return _done(
        request, thing, MoveForm(request.POST), "move_form", actions.reschedule, _("Moved; the days were worked out anew.")
    )


@login_required
@require_POST
def cancel(request, number):
    require(request.user, Permission.PLAN_PREPARATIONS)
    thing = get_or_404(queries.jobs_for(request.user), number=number)
    return _done(request, thing, ReasonForm(request.POST), "cancel_form", actions.cancel, _("Cancelled."))

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.approvals.queries import approvals_about
from conduct.base.access import get_or_404, require
from conduct.base.days import day_of, month_days
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission, sees_all
from conduct.trail.queries import trail_of
from conduct.workdays.queries import standard_calendar
from conduct.workdays.words import unofficial

from . import actions, engagements, forms, queries, spreadsheet, words
from .models import ClockEntry
from .sheet import totals
from .states import ClockKind, LeaveState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def today(request):
    require(request.user, Permission.KEEP_HOURS)
    return _today(request)


def _today(request, form=None, status=200):
    user, now = request.user, timezone.now()
    day = day_of(now, user.time_zone)
    coming = queries.standing_leaves(user, now, now + actions.LONGEST).order_by("start")
    context = {
        "entries": list(queries.entries_of_day(user, day, user.time_zone)), "day": day, "month": f"{day:%Y-%m}", "now": now,
        "form": form or forms.ForgottenForm(zone=user.time_zone), "coming": coming[:5], "kinds": ClockKind,
        "leads": user.reports.exists() or sees_all(user, Permission.SEE_ATTENDANCE),
    }  # fmt: skip
    return render(request, "conduct/attendance/today.html", context, status=status)


@login_required
@require_POST
def clock(request):
    require(request.user, Permission.KEEP_HOURS)
    kind = ClockKind.OUT if request.POST.get("kind") == ClockKind.OUT else ClockKind.IN
    entry = actions.clock(kind=kind, by=request.user, at=timezone.now())
    messages.success(request, f"{entry.get_kind_display()} {words.clock(entry.at, request.user.time_zone)}")
    return redirect("attendance:today")


@login_required
@require_POST
def forgotten(request):
    require(request.user, Permission.KEEP_HOURS)
    form = forms.ForgottenForm(request.POST, zone=request.user.time_zone)
    if form.is_valid() and act(form, actions.add_forgotten, by=request.user, at=timezone.now(), **form.cleaned_data):
        messages.success(request, _("Noted, and marked as entered later."))
        return redirect("attendance:today")
    return _today(request, form, status=422)


def _month(text):
    try:
        first, after = month_days(text)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not 2000 <= first.year <= 2100:
        raise Http404
    before = first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
    return {"month": text, "before": f"{before:%Y-%m}", "after": f"{after:%Y-%m}"}


@login_required
def month(request, month):
    """One person's month sheet; one's own without `?person=`."""
    require(request.user, Permission.SEE_ATTENDANCE)
    context = _month(month)
    person = get_or_404(queries.people_for(request.user), username=request.GET.get("person", request.user.username))
    days = queries.sheets([person], month, timezone.now())[person.pk]
    zone = standard_calendar().zone
    rows = [
        (day, words.clock(day.first_in, zone), words.clock(day.last_out, zone), words.hours(day.worked), words.notes(day), words.flags(day))
        for day in days
    ]  # fmt: skip
    sums = totals(days)
    context |= {"person": person, "rows": rows, "entries": _entries(request, person, month, zone), "zone": zone}
    context |= {"totals": sums, "planned": words.hours(sums["planned"]), "worked": words.hours(sums["worked"])}
    context |= {"off": words.days(sums["off_hundredths"]), "strike_form": forms.StrikeForm()}
    return render(request, "conduct/attendance/month.html", context)


def _entries(request, person, month, zone):
    """The single entries behind the sheet, those entered later or struck for everybody, all of them for who may strike."""
    entries = queries.entries_of_month(person, month, zone)
    return entries if request.user.may(Permission.EDIT_ATTENDANCE) else entries.exclude(reason="", struck_at=None)


@login_required
def people(request, month):
    """Everybody's month at a glance."""
    require(request.user, Permission.SEE_ATTENDANCE)
    context = _month(month)
    shown = list(queries.people_for(request.user))
    found = queries.sheets(shown, month, timezone.now())
    heads = spreadsheet.heads()
    rows = [(person, list(zip(heads, words.figures(totals(found[person.pk])), strict=True))) for person in shown]
    return render(request, "conduct/attendance/people.html", context | {"rows": rows, "heads": heads})


@login_required
def export(request, month):
    require(request.user, Permission.SEE_ATTENDANCE)
    _month(month)
    shown = list(queries.people_for(request.user))
    found = queries.sheets(shown, month, timezone.now())
    content = spreadsheet.workbook(month, [(person, found[person.pk]) for person in shown], standard_calendar().zone)
    headers = {"Content-Disposition": f'attachment; filename="attendance-{month}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@login_required
@require_POST
def strike(request, pk):
    require(request.user, Permission.EDIT_ATTENDANCE)
    entry = get_or_404(ClockEntry.objects.select_related("staff"), pk=pk)
    form = forms.StrikeForm(request.POST)
    if form.is_valid():
        actions.strike(entry=entry, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Struck; it stays to be seen."))
    else:
        messages.error(request, _("Say why."))
    zone = standard_calendar().zone
    month = f"{entry.at.astimezone(ZoneInfo(zone)):%Y-%m}"
    address = redirect("attendance:month", month)
    address["Location"] += f"?person={entry.staff.username}"
    return address


@login_required
def leave_list(request):
    require(request.user, Permission.SEE_ATTENDANCE)
    leaves = queries.leaves_for(request.user)
    show = request.GET.get("show", "")
    if show in LeaveState.values:
        leaves = leaves.filter(state=show)
    page = keyset(leaves, request, order=("-start", "-id"))
    return render(request, "conduct/attendance/leaves.html", {"page": page, "states": LeaveState.choices, "show": show})


@login_required
def new_leave(request):
    require(request.user, Permission.KEEP_HOURS)
    form = forms.LeaveForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        leave = act(form, actions.ask_leave, by=request.user, at=timezone.now(), **form.facts())
        if leave:
            messages.success(request, _("Asked for: %(number)s.") % {"number": leave.number})
            return redirect(leave)
    return render(request, "conduct/attendance/new_leave.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def leave(request, number):
    return _leave(request, get_or_404(queries.leaves_for(request.user), number=number))


def _leave(request, shown, status=200, **changed):
    mine, now = shown.is_own(request.user), timezone.now()
    calendar = standard_calendar(first=shown.start.date(), last=shown.end.date())
    years = [year for year in range(shown.start.year, shown.end.year + 1) if not calendar.is_official(year)]
    clashes = engagements.between([shown.staff_id], shown.start, shown.end).get(shown.staff_id, [])
    context = {
        "leave": shown, "approvals": approvals_about(origin=actions.ORIGIN, reference=shown.number), "history": trail_of(shown)[:20],
        "length": words.hours(shown.minutes), "unofficial": unofficial(years), "clashes": clashes, "withdraws": mine and shown.state in LeaveState.OPEN,
    }  # fmt: skip
    if mine and shown.state == LeaveState.CONSENT:
        context["consent_form"] = forms.ConsentForm()
    if shown.state == LeaveState.APPROVED and shown.end > now:
        context["cancel_form"] = forms.CancelForm()
    return render(request, "conduct/attendance/leave.html", context | changed, status=status)


def _move(request, number, rows, form_class, action, done, name):
    """One move of a leave: the form is checked, the action decides."""
    shown = get_or_404(rows, number=number)
    form = form_class(request.POST)
    if form.is_valid():
        act(form, partial(action, leave=shown), by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _leave(request, shown, status=422, **{name: form})
    messages.success(request, done)
    return redirect(shown)


@login_required
@require_POST
def consent(request, number):
    rows = queries.leaves_for(request.user).filter(staff=request.user)
    return _move(
        request, number, rows, forms.ConsentForm, actions.note_consent, _("Noted; your line manager is asked."), "consent_form"
    )


@login_required
@require_POST
def withdraw(request, number):
    shown = get_or_404(queries.leaves_for(request.user).filter(staff=request.user), number=number)
    actions.withdraw(leave=shown, by=request.user, at=timezone.now())
    messages.success(request, _("Withdrawn."))
    return redirect(shown)


@login_required
@require_POST
def cancel(request, number):
    rows = queries.leaves_for(request.user)
    return _move(request, number, rows, forms.CancelForm, actions.cancel, _("Cancelled; the time is free again."), "cancel_form")

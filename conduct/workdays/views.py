from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.customers.queries import customers_for
from conduct.people.access import Permission

from . import actions, checks, dependents, forms, official, queries, words, year
from .arithmetic import NoWorkingTime, deadline
from .calendar import format_hours
from .models import CalendarChange, OwnDay, WorkCalendar


@login_required
def calendar_list(request):
    require(request.user, Permission.SEE_WORKDAYS)
    today = day_of(timezone.now(), request.user.time_zone)
    known = {row.year for row in queries.official_years("CN")}
    missing = [shown for shown in (today.year, today.year + 1) if shown not in known]
    waiting = CalendarChange.objects.filter(decision="").select_related("calendar", "customer", "by").order_by("-at")[:20]
    context = {"rows": queries.calendars(), "missing": missing, "known": sorted(known), "waiting": waiting}
    return render(request, "conduct/workdays/list.html", context)


@login_required
def new(request):
    require(request.user, Permission.EDIT_WORKDAYS)
    form = forms.CalendarForm(request.POST or None, instance=WorkCalendar())
    if request.method == "POST" and form.is_valid():
        act(form, actions.save_calendar, calendar=form.instance, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect(form.instance)
    return render(request, "conduct/workdays/form.html", {"form": form})


@login_required
def calendar(request, code):
    """One calendar, edited, imported and checked on one page."""
    require(request.user, Permission.SEE_WORKDAYS)
    return _page(request, get_or_404(queries.calendars(), code=code))


def _page(request, row, status=200, **changed):
    today = day_of(timezone.now(), row.zone)
    shown = _shown_year(request, today.year)
    days = queries.value_of(row)
    known = list(queries.official_years(row.country)) if row.country else []
    context = {
        "calendar": row, "year": shown, "today": today, "months": year.months_of(days, shown),
        "special": year.special_days(days, shown), "findings": checks.findings(row, days, today),
        "unknown": not days.is_official(shown), "known": known, "own_days": row.own_days.filter(day__year=shown).order_by("day"),
        "package": sorted(set(official.package_years(official.SINCE)) - {one.year for one in known}),
        "changes": queries.changes_of(row)[:6], "week": [(*checks.weekday_names(n), format_hours(day)) for n, day in enumerate(days.week)],
    }  # fmt: skip
    if request.user.may(Permission.EDIT_WORKDAYS):
        context["form"] = forms.CalendarForm(instance=row)
        context["day_form"] = forms.OwnDayForm(auto_id="day_%s")
        context["year_form"] = forms.YearForm(auto_id="year_%s", initial={"year": shown})
    return render(request, "conduct/workdays/calendar.html", context | changed, status=status)


def _shown_year(request, this_year):
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else this_year


def _after(request, change, back):
    """Where to go after a change: to the question what becomes of the deadlines, if there are any."""
    if change and change.decision == CalendarChange.Decision.OPEN:
        messages.warning(request, _("Saved. Deadlines were given with the calendar as it was: decide what becomes of them."))
        return redirect(change)
    messages.success(request, _("Saved."))
    return redirect(back)


def _edited(request, code):
    require(request.user, Permission.EDIT_WORKDAYS)
    return get_or_404(queries.calendars(), code=code)


@login_required
@require_POST
def edit(request, code):
    row = _edited(request, code)
    form = forms.CalendarForm(request.POST, instance=row)
    change = act(form, actions.save_calendar, calendar=row, by=request.user, at=timezone.now()) if form.is_valid() else None
    if form.errors:
        return _page(request, _edited(request, code), form=form, status=422)
    return _after(request, change, row)


@login_required
@require_POST
def add_day(request, code):
    row = _edited(request, code)
    form = forms.OwnDayForm(request.POST, auto_id="day_%s")
    if form.is_valid():
        facts = form.cleaned_data
        change = act(form, actions.save_own_day, calendar=row, by=request.user, at=timezone.now(), **facts)
        if change:
            return _after(request, change, f"{row.get_absolute_url()}?year={facts['day'].year}")
    return _page(request, row, day_form=form, status=422)


@login_required
@require_POST
def remove_day(request, code, pk):
    require(request.user, Permission.EDIT_WORKDAYS)
    own_day = get_or_404(OwnDay.objects.select_related("calendar"), calendar__code=code, pk=pk)
    back = f"{own_day.calendar.get_absolute_url()}?year={own_day.day.year}"
    return _after(request, actions.remove_own_day(own_day=own_day, by=request.user, at=timezone.now()), back)


@login_required
@require_POST
def import_year(request, code):
    """Paste a year; the button "check" says what it holds, "import" takes it."""
    row = _edited(request, code)
    form = forms.YearForm(request.POST, auto_id="year_%s")
    if not form.is_valid():
        return _page(request, row, year_form=form, status=422)
    if "check" in request.POST:
        return _page(request, row, year_form=form, read=form.days)
    facts = {"country": row.country, "year": form.cleaned_data["year"], "source": form.cleaned_data["source"]}
    change = act(form, actions.import_year, days=form.days, by=request.user, at=timezone.now(), **facts)
    if form.errors:
        return _page(request, row, year_form=form, status=422)
    return _after(request, change, f"{row.get_absolute_url()}?year={facts['year']}")


@login_required
@require_POST
def take_years(request, code):
    """Take what the built-in list knows and we do not."""
    row = _edited(request, code)
    taken = actions.load_package(country=row.country, since=official.SINCE, by=request.user, at=timezone.now())
    years = ", ".join(map(str, taken))
    messages.success(
        request, _("Taken: %(years)s.") % {"years": years} if taken else _("Every year that is known is here already.")
    )
    return redirect(row)


@login_required
def change(request, pk):
    """What depends on a changed calendar: keep, or work out anew."""
    require(request.user, Permission.EDIT_WORKDAYS)
    shown = get_or_404(CalendarChange.objects.select_related("calendar", "customer", "by", "decided_by"), pk=pk)
    if request.method == "POST":
        chosen = {}
        for value in request.POST.getlist("renew") if "anew" in request.POST else []:
            code, _colon, key = value.partition(":")
            chosen.setdefault(code, []).append(key)
        actions.decide(change=shown, chosen=chosen, by=request.user, at=timezone.now())
        messages.success(request, _("Noted."))
        return redirect(shown)
    rooms = dependents.affected_by(shown) if shown.decision == "" else []
    return render(request, "conduct/workdays/change.html", {"change": shown, "rooms": rooms})


@login_required
def freeze_list(request):
    require(request.user, Permission.SEE_FREEZES)
    form = forms.FreezeForm(request.POST or None) if request.user.may(Permission.EDIT_FREEZES) else None
    if request.method == "POST":
        require(request.user, Permission.EDIT_FREEZES)
        made = act(form, actions.add_freeze, by=request.user, at=timezone.now(), **form.cleaned_data) if form.is_valid() else None
        if made:
            return _after(request, made[1], "workdays:freezes")
    page = keyset(queries.freezes_for(request.user), request, order=("-first", "-id"))
    context = {"page": page, "form": form, "today": day_of(timezone.now(), request.user.time_zone)}
    return render(request, "conduct/workdays/freezes.html", context, status=422 if form and form.errors else 200)


@login_required
@require_POST
def remove_freeze(request, pk):
    require(request.user, Permission.EDIT_FREEZES)
    freeze = get_or_404(queries.freezes_for(request.user), pk=pk)
    return _after(request, actions.remove_freeze(freeze=freeze, by=request.user, at=timezone.now()), "workdays:freezes")


@login_required
def what_if(request):
    """Try out a deadline; nothing is stored."""
    require(request.user, Permission.SEE_WORKDAYS)
    form = forms.WhatIfForm(request.GET if "start" in request.GET else None, customers=customers_for(request.user))
    context = {"form": form}
    if form.is_bound and form.is_valid():
        days = queries.calendar_of(form.cleaned_data["calendar"], customer=form.cleaned_data["customer"])
        start, minutes, pauses = form.sum_of(days)
        try:
            found = deadline(start, minutes, days, pauses)
            context |= {"deadline": found, "sum": words.explain(found), "total": words.summary(found)}
        except NoWorkingTime as error:
            form.add_error("calendar", words.no_time(error))
    elif not form.is_bound:
        now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
        form.initial = {"start": now, "hours": 4, "calendar": request.GET.get("calendar", "")}
    return render(request, "conduct/workdays/what_if.html", context)

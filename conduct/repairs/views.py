from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.customers.queries import search_equipment
from conduct.files.queries import serve
from conduct.knowledge.queries import article_of
from conduct.people.access import Permission, sees_all
from conduct.spares.queries import loans_about
from conduct.trail.queries import trail_of

from . import actions, buying, lists, queries, repairing
from .forms import AnswerForm, StaffReportForm, WhatIfForm
from .markup import rows_html
from .moves import MOVES, may_move, offers
from .sums import finish_in_words, sums_of, what_if
from .swapping import ORIGIN
from .words import Words


@login_required
def ticket_list(request):
    require(request.user, Permission.SEE_TICKETS)
    rows = lists.filtered(queries.tickets_for(request.user), request.GET).values(*queries.LIST)
    page = keyset(rows, request, order=("-reported_at", "-id"))
    rows = Words(timezone.now()).add_to(page.rows)
    context = {"page": page, "rows": rows_html(rows), "query": request.GET, **lists.choices()}
    return render(request, "conduct/repairs/list.html", context)


@login_required
def board(request):
    """The 2 x 2 board. Who sees every ticket reads it, who sorts tickets works on it."""
    if not sees_all(request.user, Permission.SEE_TICKETS):
        raise Http404
    at = timezone.now()
    sorts = request.user.may(Permission.TRIAGE)
    columns = lists.board(queries.tickets_for(request.user), at=at, grown=request.GET.get("more", ""), sorts=sorts)
    context = {"intake": columns.pop(lists.NEW), "quadrants": list(columns.values())}
    return render(request, "conduct/repairs/board.html", context | {"figure": lists.grown_urgent_figure(at=at)})


@login_required
def queue(request):
    """The technician's day: what is mine in the one right order, what nobody has, whom I still have to tell."""
    require(request.user, Permission.TAKE_TICKETS)
    context = lists.queue_of_day(request.user, at=timezone.now(), grown=request.GET.get("more", ""))
    return render(request, "conduct/repairs/queue.html", context)


@login_required
def find_equipment(request):
    """What is broken? The way to the report form for who does not stand before a label."""
    require(request.user, Permission.REPORT_FAULT)
    text = request.GET.get("q", "")
    page = keyset(search_equipment(queries.reportable_equipment(request.user), text), request, order=("name", "id"))
    return render(request, "conduct/repairs/find.html", {"page": page, "q": text})


@login_required
def new(request, number):
    require(request.user, Permission.REPORT_FAULT)
    equipment = get_or_404(queries.reportable_equipment(request.user), number=number)
    form = StaffReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = act(
            form, actions.report, equipment=equipment, source="staff", reporter=request.user, reporter_name=request.user.name,
            reporter_contact=request.user.telephone, by=request.user, at=timezone.now(), **form.cleaned_data,
        )  # fmt: skip
        if made:
            messages.success(request, _("Reported as %(number)s.") % {"number": made[0].number})
            return redirect(made[0])
    context = {"form": form, "equipment": equipment, "open": queries.open_tickets_of(equipment)[:5]}
    return render(request, "conduct/repairs/new.html", context)


@login_required
def ticket(request, number):
    shown, at = get_or_404(queries.ticket_page(request.user), number=number), timezone.now()
    context = {
        "ticket": shown,
        "mood": lists.mood_of(shown, at),
        "offers": offers(shown, request.user),
        "photos": shown.photos.select_related("file"),
        "loans": loans_about(origin=ORIGIN, reference=shown.number),
        "duplicates": queries.open_tickets_of(shown.equipment, besides=shown)[:5] if shown.is_open else (),
        "purchases": buying.purchases_shown(shown, request.user),
        "deadlines": queries.old_deadlines(shown),
        "sum": finish_in_words(shown, at=at) if shown.is_open else "",
        "pauses": shown.pauses.select_related("started_by", "ended_by"),
        "helps": shown.help_asked.select_related("asked_by", "answered_by"),
        "answer_form": AnswerForm() if request.user.may(Permission.ANSWER_HELP) else None,
        "known": article_of("ticket", shown.number) if shown.work_done else None,
        "events": trail_of(shown)[:60] if sees_all(request.user, Permission.SEE_TICKETS) else (),
    }
    return render(request, "conduct/repairs/ticket.html", context)


@login_required
def move(request, number, what):
    """One move of a ticket. GET shows its form alone (the board's dialog and the way without a mouse), POST makes it."""
    shown = get_or_404(queries.ticket_page(request.user), number=number)
    made = MOVES[what]
    if not may_move(made, shown, request.user):
        raise Http404
    form = made.form(request.POST if request.method == "POST" else None, ticket=shown, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        doing = partial(_returning, made.action)
        if act(form, doing, ticket=shown, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, made.done if not shown.proposed_to_id else _("The line manager is asked to order it first."))
            return redirect(_back(request, shown))
    context = {
        "ticket": shown, "form": form, "what": what, "move": made, "next": request.POST.get("next") or request.GET.get("next", ""),
        "duplicates": queries.open_tickets_of(shown.equipment, besides=shown)[:5],
    }  # fmt: skip
    name = "_move.html" if request.htmx else "move.html"
    return render(request, f"conduct/repairs/{name}", context, status=422 if form.errors else 200)


def _asked_for(request):
    """The quadrant on which a card was dropped."""
    return {"quadrant": request.GET["quadrant"]} if "quadrant" in request.GET else {}


def _returning(action, *, ticket, **facts):
    action(ticket=ticket, **facts)
    return ticket


def _back(request, ticket):
    """Where the person came from (the board, the queue), if that is one of our own pages they may still see."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return ticket if queries.tickets_for(request.user).filter(pk=ticket.pk).exists() else "repairs:queue"


@login_required
def deadline(request, number):
    """How the deadline comes about, in words, and what it would be otherwise."""
    shown, at = get_or_404(queries.ticket_page(request.user), number=number), timezone.now()
    form = WhatIfForm(request.GET if "quadrant" in request.GET else None, ticket=shown, at=at) if shown.is_open else None
    asked = form is not None and form.is_valid()
    context = {
        "ticket": shown, "sums": sums_of(shown, at=at), "deadlines": queries.old_deadlines(shown), "form": form,
        "otherwise": act(form, what_if, ticket=shown, at=at, **form.cleaned_data) if asked else None,
    }  # fmt: skip
    return render(request, "conduct/repairs/deadline.html", context)


@login_required
@require_POST
def answer(request, number, pk):
    require(request.user, Permission.ANSWER_HELP)
    shown = get_or_404(queries.ticket_page(request.user), number=number)
    asked = get_or_404(shown.help_asked.select_related("ticket", "asked_by"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        repairing.answer_help(asked=asked, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Answered."))
    else:
        messages.error(request, _("An answer has between one and 2,000 characters."))
    return redirect(shown)


@login_required
def photo(request, number, file_id):
    shown = get_or_404(queries.tickets_for(request.user), number=number)
    return serve(get_or_404(shown.photos.select_related("file"), file_id=file_id).file)


@login_required
def history(request, number):
    """Everything that ever happened to a piece of equipment."""
    require(request.user, Permission.SEE_TICKETS)
    equipment = get_or_404(queries.reportable_equipment(request.user), number=number)
    rows = queries.history_of(equipment).filter(pk__in=queries.tickets_for(request.user))
    page = keyset(rows, request, order=("-reported_at", "-id"))
    context = {"equipment": equipment, "page": page, **queries.besides_tickets(equipment, request.user)}
    return render(request, "conduct/repairs/history.html", context)

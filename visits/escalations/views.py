from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.knowledge.queries import article_of, like
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from visits.records.projection import moment

from . import actions, scope_changes
from .forms import AnswerForm, DecideForm
from .queries import OPEN, may_answer, questions_for, scope_changes_for, timed


@login_required
def question_list(request):
    require(request.user, Permission.ANSWER_QUESTIONS)
    rows = questions_for(request.user, timezone.now())
    show = "answered" if request.GET.get("show") == "answered" else "open"
    rows = rows.exclude(answered_at=None) if show == "answered" else rows.filter(answered_at=None)
    page = keyset(rows, request, order=("-asked_at", "-id") if show == "answered" else ("asked_at", "id"))
    timed(page.rows, timezone.now())
    return render(request, "visits/escalations/list.html", {"page": page, "show": show})


@login_required
def question(request, number):
    """One question with its clock, and the form that answers it. Who was second sees the answer beside the own words."""
    at = timezone.now()
    asked = get_or_404(questions_for(request.user, at), number=number)
    answers = may_answer(request.user, asked, at)
    form = AnswerForm(request.POST or None, initial={"answer": asked.told.payload["answer"]} if asked.is_claimed else None)
    if request.method == "POST" and not answers:
        raise Http404
    if request.method == "POST" and form.is_valid():
        act(form, actions.answer, question=asked, by=request.user, at=at, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("Answered. The engineer sees it on the record page."))
            return redirect("escalations:list")
    context = {"question": asked, "form": form, "known": article_of("question", asked.number) if asked.answered_at else None}
    context["articles"] = like(asked.text) if not asked.answered_at and request.user.may(Permission.SEE_ARTICLES) else ()
    context |= {"late": asked.is_late(at), "may_answer": answers, "told_at": moment(asked.told.payload["answered_at"]) if asked.told else None}
    return render(request, "visits/escalations/question.html", context, status=422 if form.errors else 200)


@login_required
def scope_change_list(request):
    require(request.user, Permission.SEE_SCOPE_CHANGES)
    rows = scope_changes_for(request.user)
    show = "all" if request.GET.get("show") == "all" else "open"
    page = keyset(rows if show == "all" else rows.filter(state__in=OPEN), request, order=("-asked_at", "-id"))
    return render(request, "visits/escalations/scope_changes.html", {"page": page, "show": show})


@login_required
def scope_change(request, number):
    """What is needed, what the engineer says was decided by telephone; and headquarters' decision."""
    change = get_or_404(scope_changes_for(request.user), number=number)
    may_decide = request.user.may(Permission.DECIDE_SCOPE_CHANGES) and change.is_open
    form = DecideForm(request.POST or None, initial={"decision": change.claimed}) if may_decide else None
    if request.method == "POST":
        require(request.user, Permission.DECIDE_SCOPE_CHANGES)
        if form and form.is_valid() and _decided(form, change, request):
            return redirect("escalations:scope_changes")
    told = change.entry.payload.get("decided_at")
    context = {"change": change, "form": form, "history": trail_of(change)[:20], "told_at": moment(told) if told else None}
    return render(request, "visits/escalations/scope_change.html", context, status=422 if form and form.errors else 200)


def _decided(form, change, request):
    act(form, scope_changes.decide, change=change, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return False
    messages.success(request, _("Decided. The engineer sees it on the record page."))
    return True

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.rules.queries import rules_of
from conduct.rules.states import Step
from conduct.shell.views import render_shell
from visits.schedule.queries import visit_page, visits_for
from visits.schedule.states import VisitState

from .archiving import answer_before_archive
from .forms import AnswerForm, all_forms
from .kinds import LABELS
from .laptop_words import WORDS as LAPTOP
from .models import EntryFile
from .queries import run_of, visits_of_engineer
from .rules import rules
from .words import WORDS


@login_required
@ensure_csrf_cookie
def record(request, number):
    """The record page: a shell that is the same for every visit. What it shows comes from the bundle."""
    require(request.user, Permission.WRITE_RECORD)
    get_or_404(visits_of_engineer(request.user), number=number)
    return render(request, "visits/records/record.html", _context())


def shell(request, language):
    """The record page as a laptop keeps it."""
    return render_shell(request, language, "visits/records/record.html", _context)


def _context():
    words = {name: str(text) for name, text in (WORDS | LAPTOP).items()} | {"steps": {s.value: str(s.label) for s in Step}}
    words["kinds"] = {kind: str(label) for kind, label in LABELS.items()}
    return {"forms": all_forms(), "words": words, "rules": rules()}


@login_required
def checklist(request, number):
    """Everything that was asked of a visit, and every answer: by whom, when, with what evidence."""
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.SEE_VISITS, visit)
    return _run(request, visit)


@login_required
@require_POST
def answer(request, number, code):
    """What is asked before archiving, answered at headquarters."""
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, Permission.ARCHIVE, visit)
    rule = get_or_404(rules_of(visit.edition_id), code=code, before=Step.ARCHIVE)
    form = AnswerForm(request.POST, request.FILES, rule=rule)
    if form.is_valid():
        act(form, answer_before_archive, visit=visit, rule_code=code, by=request.user, at=timezone.now(), **form.given)
    if form.errors:
        return _run(request, visit, {code: form}, status=422)
    messages.success(request, _("Saved."))
    return redirect("records:checklist", number)


def _run(request, visit, forms=None, status=200):
    may_answer = request.user.may(Permission.ARCHIVE, visit) and visit.state in (VisitState.SIGNED, VisitState.REFUSED)
    steps = run_of(visit)
    for step, rows in steps:
        for row in rows:
            if may_answer and step == Step.ARCHIVE:
                row.form = (forms or {}).get(row.rule.code) or AnswerForm(rule=row.rule)
    return render(request, "visits/records/checklist.html", {"visit": visit, "steps": steps}, status=status)


@login_required
def file(request, number, file_id):
    """A photo or file of a record, for who may see the visit."""
    visit = get_or_404(visits_for(request.user), number=number)
    kept = EntryFile.objects.filter(pk=file_id, visit=visit).select_related("file").first()
    if kept is None:
        raise Http404
    return serve(kept.file)

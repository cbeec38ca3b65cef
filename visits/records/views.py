from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from conduct.base.access import get_or_404, require
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.rules.states import Step
from conduct.shell.views import render_shell
from visits.schedule.queries import visits_for

from .forms import all_forms
from .kinds import LABELS
from .laptop_words import WORDS as LAPTOP
from .models import EntryFile
from .queries import visits_of_engineer
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
def file(request, number, file_id):
    """A photo or file of a record, for who may see the visit."""
    visit = get_or_404(visits_for(request.user), number=number)
    kept = EntryFile.objects.filter(pk=file_id, visit=visit).select_related("file").first()
    if kept is None:
        raise Http404
    return serve(kept.file)

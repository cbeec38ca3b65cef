from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission
from conduct.rules.states import Step
from conduct.shell.views import render_shell
from visits.records.kinds import LABELS
from visits.records.laptop_words import WORDS as LAPTOP
from visits.records.queries import visits_of_engineer

from .words import WORDS


@login_required
def queue(request):
    """What waits on this laptop. The page is a shell; what it shows never leaves the laptop's store."""
    require(request.user, Permission.WRITE_RECORD)
    return render(request, "visits/laptop/queue.html", _context())


def queue_shell(request, language):
    return render_shell(request, language, "visits/laptop/queue.html", _context)


@login_required
def ready(request, number):
    """Ready to leave: what the visit needs, proved on this laptop."""
    require(request.user, Permission.WRITE_RECORD)
    get_or_404(visits_of_engineer(request.user), number=number)
    return render(request, "visits/laptop/ready.html", _context())


def ready_shell(request, language):
    return render_shell(request, language, "visits/laptop/ready.html", _context)


def _context():
    words = {name: str(text) for name, text in (LAPTOP | WORDS).items()} | {"steps": {s.value: str(s.label) for s in Step}}
    return {"words": words | {"kinds": {kind: str(label) for kind, label in LABELS.items()}}}

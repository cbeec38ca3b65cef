from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.files.queries import answer
from conduct.people.access import Permission
from visits.schedule.queries import visit_page

from . import actions, queries
from .forms import HandOutForm, WithdrawForm


@login_required
def new(request, number):
    """Hand a document to the engineer of a visit."""
    require(request.user, Permission.HAND_OUT_DOCUMENTS)
    visit = get_or_404(visit_page(request.user), number=number)
    form = HandOutForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if act(form, actions.hand_out, visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Handed out. The engineer is told."))
            return redirect(visit)
    return render(request, "visits/documents/new.html", {"form": form, "visit": visit}, status=422 if form.errors else 200)


@login_required
def document(request, number):
    """Who opened it, when and how often."""
    return _page(request, get_or_404(queries.handed_for(request.user), number=number))


@login_required
@require_POST
def open_it(request, number):
    """The document itself, marked for its reader. A POST, because each opening is counted."""
    shown = get_or_404(queries.documents_for(request.user), number=number)
    data = actions.open_marked(document=shown, by=request.user, at=timezone.now())
    return answer(data, name=shown.file.name, content_type=shown.file.content_type)


@login_required
@require_POST
def withdraw(request, number):
    shown = get_or_404(queries.handed_for(request.user), number=number)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        act(form, actions.withdraw, document=shown, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, shown, form, status=422)
    messages.success(request, _("Withdrawn. The engineer cannot open it any more."))
    return redirect(shown)


def _page(request, shown, form=None, status=200):
    readers, openings = queries.readers_of(shown), list(queries.openings_of(shown))
    context = {
        "document": shown,
        "in_hand": queries.is_in_hand(shown),
        "readers": readers,
        "openings": openings,
        "older": sum(times for _name, times, _last in readers) - len(openings),
        "form": form or (WithdrawForm() if shown.withdrawn_at is None else None),
    }
    return render(request, "visits/documents/document.html", context, status=status)

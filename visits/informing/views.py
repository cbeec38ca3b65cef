from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.people.access import Permission

from . import actions
from .forms import NoteForm
from .queries import notices_for


@login_required
def note(request, number, notice):
    """Note whether the customer was told, beside what there is to tell."""
    require(request.user, Permission.PLAN_VISITS)
    asked = get_or_404(notices_for(request.user), visit__number=number, number=notice)
    if not asked.is_untold:
        return redirect(asked.visit)
    at = timezone.now()
    form = NoteForm(request.POST or None, notice=asked, at=at)
    if request.method == "POST" and form.is_valid():
        if act(form, partial(_done, asked), by=request.user, at=at, **form.cleaned_data):
            messages.success(request, _("Noted."))
            return redirect(asked.visit)
    return render(request, "visits/informing/note.html", {"notice": asked, "visit": asked.visit, "form": form}, status=422 if form.errors else 200)


def _done(notice, **facts):
    actions.note(notice=notice, **facts)
    return notice

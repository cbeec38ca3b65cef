from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.base.strokes import signature_url
from conduct.people.access import Permission

from . import actions, queries
from .forms import CallForm, SpecimenForm
from .states import ConfirmationState


@login_required
def confirmation_list(request):
    """Signatures that headquarters asks the customer about."""
    require(request.user, Permission.FOLLOW_UP)
    show = "all" if request.GET.get("show") == "all" else "call"
    rows = queries.confirmations_for(request.user).defer("sign_off__strokes", "sign_off__statement", "sign_off__consent")
    rows = rows if show == "all" else rows.filter(state__in=queries.TO_CALL)
    page = keyset(rows, request, order=("-chosen_at", "-id"))
    return render(request, "visits/handwriting/list.html", {"page": page, "show": show})


@login_required
def confirmation(request, number):
    found = get_or_404(queries.confirmations_for(request.user), visit__number=number)
    is_open = found.state in queries.TO_CALL and request.user.may(Permission.FOLLOW_UP)
    form = CallForm(request.POST or None) if is_open else None
    if request.method == "POST":
        require(request.user, Permission.FOLLOW_UP)
        form = form or CallForm(request.POST)
        if form.is_valid():
            act(form, _noted, confirmation=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            if not form.errors:
                messages.success(request, _("The answer is on file."))
                return redirect("handwriting:list")
    hints = queries.hints_of([found.sign_off])
    own = queries.specimen_of(found.visit.engineer)
    pictures = [(hint, _picture(hint.other or own)) for hint in hints if hint.other or own]
    context = {"confirmation": found, "form": form, "hints": pictures, "picture": _picture(found.sign_off), "specimen": own}
    return render(request, "visits/handwriting/confirmation.html", context)


def _noted(**facts):
    actions.note_call(**facts | {"state": ConfirmationState(facts["state"])})


def _picture(thing):
    """Of a signature whose person or record was erased there is none to see."""
    return signature_url(thing.strokes) if thing.strokes and getattr(thing, "shown_name", True) else ""


@login_required
def specimen(request):
    """The engineer's own signature."""
    engineer = getattr(request.user, "engineer", None)
    if engineer is None or not request.user.may(Permission.WRITE_RECORD):
        raise Http404
    form = SpecimenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.keep_specimen(engineer=engineer, strokes=form.cleaned_data["strokes"], by=request.user, at=timezone.now())
        messages.success(request, _("Your signature is kept."))
        return redirect("handwriting:specimen")
    kept = queries.specimen_of(engineer)
    context = {"form": form, "kept": kept, "picture": _picture(kept) if kept else ""}
    return render(request, "visits/handwriting/specimen.html", context)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404
from conduct.base.forms import act
from conduct.violations.forms import BreachForm

from . import actions
from .queries import visits_to_judge


@login_required
def new(request, number):
    """Register a breach on a visit; `?rule=` and `?text=` are where the form begins."""
    visit = get_or_404(visits_to_judge(request.user), number=number)
    first = {name: request.GET.get(name, "") for name in ("rule", "text")}
    form = BreachForm(request.POST or None, request.FILES or None, edition=visit.edition, initial=first)
    if request.method == "POST" and form.is_valid():
        if raised := act(form, actions.raise_for_visit, visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Registered. The engineer is asked for an answer."))
            return redirect(raised)
    return render(request, "visits/breaches/new.html", {"form": form, "visit": visit})

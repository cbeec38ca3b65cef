from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions
from .forms import SystemForm
from .queries import systems_for
from .states import Scope


@login_required
def system_list(request):
    """The programs that speak with ours. A new token is shown in this answer and never again."""
    require(request.user, Permission.MANAGE_COMPANY)
    form, token = SystemForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        _system, token = actions.connect(by=request.user, at=timezone.now(), **form.cleaned_data)
        form = SystemForm()
    page = keyset(systems_for(request.user), request, order=("-created_at", "-id"))
    words = dict(Scope.choices)
    for system in page.rows:
        system.scope_words = [words.get(code, code) for code in system.scopes]
    context = {"form": form, "token": token, "page": page}
    return render(request, "conduct/systems/list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request, number):
    require(request.user, Permission.MANAGE_COMPANY)
    system = get_or_404(systems_for(request.user), number=number)
    actions.revoke(system=system, by=request.user, at=timezone.now())
    messages.success(request, _("Its token is good for nothing any more."))
    return redirect("systems:list")

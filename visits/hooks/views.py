from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.outbox.channels.registry import channel
from conduct.people.access import Permission
from conduct.systems.queries import systems_for
from conduct.trail.words import VERBS

from . import actions
from .forms import HookForm
from .queries import AT_ONCE, calls_of, hooks_for, unheard


@login_required
@never_cache
def hook_list(request, number):
    """The subscribers of a program, and the form that adds one. Its secret is shown in this answer and never again."""
    require(request.user, Permission.MANAGE_COMPANY)
    system = get_or_404(systems_for(request.user), number=number)
    form, secret = HookForm(request.POST or None, system=system), None
    if request.method == "POST" and form.is_valid():
        who = {"channel": channel("webhook"), "by": request.user, "at": timezone.now()}
        if made := act(form, actions.subscribe, system=system, **form.cleaned_data, **who):
            secret, form = made[1], HookForm(system=system)
    hooks = list(hooks_for(request.user).filter(system=system))
    for hook in hooks:
        hook.event_words = [VERBS[code] for code in hook.events]
    context = {"system": system, "form": form, "secret": secret, "hooks": hooks}
    return render(request, "visits/hooks/list.html", context, status=422 if form.errors else 200)


@login_required
def hook(request, number):
    """What was sent to one subscriber, and what became of it."""
    require(request.user, Permission.MANAGE_COMPANY)
    shown = get_or_404(hooks_for(request.user), number=number)
    page = keyset(calls_of(shown), request, order=("-at", "-id"))
    for call in page.rows:
        call.words = VERBS[call.code]
    lost = unheard(shown)[: AT_ONCE + 1].count()
    return render(request, "visits/hooks/hook.html", {"hook": shown, "page": page, "lost": min(lost, AT_ONCE), "more_lost": lost > AT_ONCE})


@login_required
@require_POST
def end(request, number):
    require(request.user, Permission.MANAGE_COMPANY)
    shown = get_or_404(hooks_for(request.user), number=number)
    actions.end(hook=shown, by=request.user, at=timezone.now())
    messages.success(request, _("It is not called any more."))
    return redirect(shown)


@login_required
@require_POST
def again(request, number, call_id):
    require(request.user, Permission.MANAGE_COMPANY)
    shown = get_or_404(hooks_for(request.user), number=number)
    actions.call_again(call=get_or_404(calls_of(shown).select_related("hook__system"), pk=call_id), by=request.user, at=timezone.now())
    messages.success(request, _("It is on its way again."))
    return redirect(shown)


@login_required
@require_POST
def all_again(request, number):
    require(request.user, Permission.MANAGE_COMPANY)
    shown = get_or_404(hooks_for(request.user), number=number)
    count = actions.call_all_again(hook=shown, by=request.user, at=timezone.now())
    messages.success(request, ngettext("%(count)d event is on its way again.", "%(count)d events are on their way again.", count) % {"count": count})
    return redirect(shown)

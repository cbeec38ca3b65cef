from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.customers.queries import sites_for
from conduct.people.access import Permission, sees_all
from conduct.trail.queries import trail_of

from . import actions
from .forms import ChangeForm, HandOnForm, MakeForm, SettleForm
from .queries import narrowed, owners, promises_for

SHOWS = ("open", "late", "mine", "all")


@login_required
def promise_list(request):
    require(request.user, Permission.SEE_PROMISES)
    today = timezone.localdate()
    rows = narrowed(promises_for(request.user), request.user, request.GET, today)
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "open"
    page = keyset(rows, request, order=("-due", "-id") if show == "all" else ("due", "id"))
    context = {"page": page, "show": show, "query": request.GET, "owners": owners() if sees_all(request.user, Permission.SEE_PROMISES) else ()}
    return render(request, "visits/promises/list.html", context)


@login_required
def promise(request, number):
    return _page(request, get_or_404(promises_for(request.user), number=number))


def _page(request, shown, **forms):
    """The promise, what may be done with it, and the form that was filled in wrongly."""
    wrong = any(form.errors for form in forms.values())
    context = {"promise": shown, "is_late": shown.is_late(timezone.now()), "history": trail_of(shown)[:20]}
    if shown.is_open and request.user.may(Permission.KEEP_PROMISES, shown):
        context |= {"settle_form": SettleForm(), "change_form": ChangeForm(initial={"text": shown.text, "due": shown.due})}
        if sees_all(request.user, Permission.KEEP_PROMISES):
            context["hand_on_form"] = HandOnForm(initial={"owner": request.user.username})
    return render(request, "visits/promises/promise.html", context | forms, status=422 if wrong else 200)


def _do(request, number, form_class, name, action, done):
    """One verb of a promise. Returns the promise when it is done, else the page with what is wrong."""
    shown = get_or_404(promises_for(request.user), number=number)
    require(request.user, Permission.KEEP_PROMISES, shown)
    form = form_class(request.POST)
    if form.is_valid() and act(form, partial(_doing, action), promise=shown, by=request.user, at=timezone.now(), **form.cleaned_data):
        messages.success(request, done)
        return redirect(_back(request, shown))
    return _page(request, shown, **{name: form})


def _doing(action, *, promise, **facts):
    return action(promise=promise, **facts) or promise


def _back(request, shown):
    """To the promise; whoever was taking an order goes on with it."""
    return f"{reverse('intake:new')}?site={shown.site.number}" if request.POST.get("from") == "intake" else shown.get_absolute_url()


@login_required
@require_POST
def settle(request, number):
    return _do(request, number, SettleForm, "settle_form", actions.settle, _("Noted."))


@login_required
@require_POST
def change(request, number):
    return _do(request, number, ChangeForm, "change_form", actions.change, _("Noted; the promise that follows is in the list."))


def _require_all(user):
    """Only who may keep anybody's promises gives them to people."""
    if not sees_all(user, Permission.KEEP_PROMISES):
        raise Http404


@login_required
@require_POST
def hand_on(request, number):
    _require_all(request.user)
    return _do(request, number, HandOnForm, "hand_on_form", actions.hand_on, _("Handed on."))


@login_required
def new(request, number):
    """Headquarters promises something to a site."""
    _require_all(request.user)
    site = get_or_404(sites_for(request.user), number=number)
    form = MakeForm(request.POST or None, initial={"owner": request.user.username})
    if request.method == "POST" and form.is_valid():
        if made := act(form, actions.make, site=site, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Noted."))
            return redirect(made)
    return render(request, "visits/promises/new.html", {"form": form, "site": site}, status=422 if form.errors else 200)

"""Pages of a postponement: made from its order, answered by link or on the next visit. They stand here, above the links they offer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.people.access import Permission
from visits.orders.queries import order_page
from visits.postponements import actions as postponements
from visits.postponements.forms import PostponeForm
from visits.postponements.queries import postponements_for, unanswered
from visits.records.queries import visits_of_engineer
from visits.signoff.middleware import KEY as SIGN_MODE

from . import actions
from .queries import not_waiting
from .sessions import remember
from .views import links_page


@login_required
def postpone(request, number):
    """Put an order off, with the reason that the customer will read."""
    require(request.user, Permission.PLAN_VISITS)
    order = get_or_404(order_page(request.user), number=number)
    form = PostponeForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        if made := act(form, postponements.postpone, order=order, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Put off. Now the customer's written acceptance is needed: send the link."))
            return redirect(made)
    context = {"form": form, "order": order, "unanswered": unanswered(order)}
    return render(request, "visits/postponements/form.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def postponement(request, number):
    """One postponement with what the customer said; who plans visits sends the link from here."""
    shown = get_or_404(postponements_for(request.user), number=number)
    if request.method == "POST":
        require(request.user, Permission.PLAN_VISITS)
    context = {"postponement": shown, "not_waiting": not_waiting(shown), "zone": shown.order.site.time_zone}
    return links_page(request, shown, context, "visits/postponements/detail.html")


@login_required
@require_POST
def end(request, number, what):
    """Withdraw the link, or the postponement itself."""
    shown = get_or_404(postponements_for(request.user), number=number)
    require(request.user, Permission.PLAN_VISITS)
    if what == "revoke":
        actions.revoke(thing=shown, by=request.user, at=timezone.now())
    else:
        postponements.withdraw(postponement=shown, by=request.user, at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect(shown)


@login_required
@require_POST
def hand_out(request, number):
    """On the next visit: the customer answers on the engineer's screen, which shows nothing else until the engineer signs in again."""
    require(request.user, Permission.SIGN_OFF)
    visit = get_or_404(visits_of_engineer(request.user), number=number)
    waiting = get_or_404(postponements_for(request.user), pk=getattr(unanswered(visit.order), "pk", None))
    language = request.user.language
    remember(request, actions.hand_out(postponement=waiting, visit=visit, language=language, by=request.user, at=timezone.now()))
    request.session[SIGN_MODE] = visit.number
    return redirect("invitations:record")

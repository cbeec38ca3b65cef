from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions, testing
from .channels.registry import LABELS, is_set_up
from .forms import ReasonForm, TestForm
from .queries import deliveries_for
from .states import DeliveryState

DECISIONS = {"again": actions.send_again, "arrived": actions.mark_arrived, "cancel": actions.cancel}


@login_required
def delivery_list(request):
    require(request.user, Permission.SEE_DELIVERIES)
    rows = deliveries_for(request.user)
    state = request.GET.get("state", "")
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    if about := request.GET.get("about", "").strip():
        rows = rows.filter(reference=about)
    page = keyset(rows, request, order=("-queued_at", "-id"))
    context = {"page": page, "states": DeliveryState.choices, "state": state, "about": about}
    return render(request, "conduct/outbox/list.html", context)


@login_required
def detail(request, number):
    delivery = get_or_404(deliveries_for(request.user), number=number)
    context = {"delivery": delivery, "moves": delivery.TRANSITIONS[delivery.state], "form": ReasonForm()}
    context["attempts"] = delivery.attempts.all()
    context["decisions"] = delivery.decisions.select_related("by")
    return render(request, "conduct/outbox/detail.html", context)


@login_required
@require_POST
def decide(request, number, what):
    """ "Send again", "arrived" and "cancel": a person's decision, with its reason."""
    require(request.user, Permission.SETTLE_DELIVERIES)
    delivery = get_or_404(deliveries_for(request.user), number=number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect(delivery)
    DECISIONS[what](delivery=delivery, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect(delivery)


@login_required
def channels(request):
    require(request.user, Permission.MANAGE_COMPANY)
    rows = [(code, label, is_set_up(code)) for code, label in LABELS.items()]
    return render(request, "conduct/outbox/channels.html", {"rows": rows})


@login_required
def test(request, code):
    """Send a test by one channel, now, and show what the channel answered."""
    require(request.user, Permission.MANAGE_COMPANY)
    if code not in LABELS:
        raise Http404
    form = TestForm(request.POST or None)
    result = None
    if request.method == "POST" and form.is_valid():
        result = act(form, testing.send_a_test, code=code, by=request.user, at=timezone.now(), **form.cleaned_data)
    return render(request, "conduct/outbox/test.html", {"form": form, "label": LABELS[code], "result": result})

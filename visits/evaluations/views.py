from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from conduct.base.access import get_or_404
from conduct.base.forms import TokenForm, act
from conduct.company.queries import company
from conduct.outbox.channels.registry import mail_channels
from visits.followup.queries import follow_ups_for, script_of
from visits.invitations.forms import InviteForm
from visits.records.queries import record_of

from . import actions
from .forms import EvaluationForm
from .letters import address_of
from .queries import link_of_token, usable_links

KEY = "evaluation_link"


@login_required
@never_cache
def issue(request, number):
    """Make a link and send it, or show it, in this answer and never again: only its hash is kept."""
    visit = get_or_404(follow_ups_for(request.user), number=number)
    form, link, context = InviteForm(request.POST or None, order=visit.order), None, {"visit": visit}
    if request.method == "POST" and form.is_valid():
        facts = {"visit": visit, "channels": mail_channels(), "by": request.user, "at": timezone.now()} | form.cleaned_data
        link, token = act(form, actions.issue, **facts) or (None, "")
        if link and form.cleaned_data["recipient"]:
            messages.success(request, _("The link is on its way to %(address)s.") % {"address": form.cleaned_data["recipient"]})
            return redirect("followup:call", number)
        context["address"] = address_of(token)
    return render(
        request, "visits/evaluations/issued.html", context | {"form": form, "link": link}, status=422 if form.errors else 200
    )


@never_cache
def enter(request):
    """Where a link leads: its secret is in the fragment, which no server sees, and comes here by POST."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if link := link_of_token(form.cleaned_data["token"], timezone.now()):
            request.session[KEY] = link.pk
            return redirect("evaluations:form")
        form.add_error("token", _("This link was used already, is no longer good, or was not copied whole."))
    heading = _("Your opinion of our visit")
    return render(request, "components/secret_link.html", {"form": form, "company": company(), "heading": heading})


@never_cache
def evaluate(request):
    """The customer's page: what was signed, the questions, the scores. It names the agreed identity only, and the site's own times."""
    at = timezone.now()
    link = usable_links(at).filter(pk=request.session.get(KEY)).first()
    if link is None:
        return redirect("evaluations:enter")
    with timezone.override(link.visit.order.site.time_zone):
        return _evaluation(request, link, at)


def _evaluation(request, link, at):
    form = EvaluationForm(request.POST or None, questions=script_of(link.visit)["questions"], at=at)
    if request.method == "POST" and form.is_valid():
        act(form, actions.evaluate, link=link, at=at, **form.facts())
        if not form.errors:
            request.session.pop(KEY, None)
            return render(request, "visits/evaluations/thanks.html", {"company": company()})
    context = {"form": form, "visit": link.visit, "record": record_of(link.visit), "company": company()}
    return render(request, "visits/evaluations/form.html", context)

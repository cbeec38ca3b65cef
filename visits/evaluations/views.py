from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import TokenForm, act
from conduct.company.queries import company
from conduct.people.access import Permission
from visits.followup.queries import follow_ups_for, script_of
from visits.records.queries import record_of

from . import actions
from .forms import EvaluationForm
from .queries import link_of_token, usable_links

KEY = "evaluation_link"


@login_required
@require_POST
@never_cache
def issue(request, number):
    """Make a link and show it, this once: only its hash is kept."""
    require(request.user, Permission.FOLLOW_UP)
    visit = get_or_404(follow_ups_for(request.user), number=number)
    link, token = actions.issue(visit=visit, by=request.user, at=timezone.now())
    ours = company()
    address = f"{ours.public_address.rstrip('/')}/evaluate/#{token}"
    contact = visit.order.contact
    subject = _("How was our visit? %(number)s") % {"number": visit.record_number}
    context = {"visit": visit, "link": link, "address": address, "subject": subject, "company": ours, "contact": contact}
    return render(request, "visits/evaluations/issued.html", context)


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
    """The customer's page: what was signed, the questions, the scores. It names the agreed identity only."""
    at = timezone.now()
    link = usable_links(at).filter(pk=request.session.get(KEY)).first()
    if link is None:
        return redirect("evaluations:enter")
    form = EvaluationForm(request.POST or None, questions=script_of(link.visit)["questions"])
    if request.method == "POST" and form.is_valid():
        act(form, actions.evaluate, link=link, at=at, **form.facts())
        if not form.errors:
            request.session.pop(KEY, None)
            return render(request, "visits/evaluations/thanks.html", {"company": company()})
    context = {"form": form, "visit": link.visit, "record": record_of(link.visit), "company": company()}
    return render(request, "visits/evaluations/form.html", context)

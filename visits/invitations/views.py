from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.errors import ForbiddenMove
from conduct.base.forms import TokenForm, act
from conduct.company.queries import company
from conduct.outbox.channels.registry import mail_channels
from conduct.people.access import Permission
from visits.schedule.queries import visit_page
from visits.signoff.forms import SignerForm
from visits.signoff.middleware import KEY as SIGN_MODE
from visits.signoff.queries import ready_to_sign
from visits.signoff.words import sign_rules, words

from . import actions
from .forms import InviteForm
from .queries import ended, invitation_page, invitations_of, with_standing
from .sessions import invitation_of, remember
from .states import Standing


def _visit(request, number):
    visit = get_or_404(visit_page(request.user).exclude(record_number=None), number=number)
    require(request.user, Permission.SEND_SIGNING_LINK, visit)
    return visit


@login_required
@never_cache
def links(request, number):
    """The links of a visit, and the form that sends one. A link to be copied is shown in this answer and never again."""
    visit = _visit(request, number)
    return links_page(request, visit, {"visit": visit, "is_ready": ready_to_sign(visit)}, "visits/invitations/links.html")


def links_page(request, thing, context, template):
    at = timezone.now()
    form = InviteForm(request.POST or None, order=thing.order)
    if request.method == "POST" and form.is_valid():
        made = act(form, actions.invite, thing=thing, channels=mail_channels(), by=request.user, at=at, **form.cleaned_data)
        if made and made[0].recipient:
            messages.success(request, _("The link is on its way to %(address)s.") % {"address": made[0].recipient})
            return redirect(thing)
        context["address"] = made[1] if made else ""
    rows = with_standing(invitations_of(thing), at)
    context |= {"form": form, "invitations": rows, "link_waits": any(row.standing in Standing.WAITING for row in rows)}
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request, number):
    visit = _visit(request, number)
    actions.revoke(thing=visit, by=request.user, at=timezone.now())
    messages.success(request, _("The link is good for nothing any more."))
    return redirect(visit)


@never_cache
def enter(request):
    """Where a link leads: its secret is in the fragment, which no server sees, and comes here by POST."""
    form = TokenForm(request.POST or None)
    context = {"form": form, "company": company(), "heading": _("Please read and sign")}
    if request.method == "POST" and form.is_valid():
        invitation = invitation_page().of_token(form.cleaned_data["token"]).first()
        if invitation is None:
            form.add_error("token", _("This is no link of ours, or it was not copied whole."))
        else:
            try:
                remember(request, actions.open_link(invitation=invitation, at=timezone.now()))
                return redirect("invitations:record")
            except ForbiddenMove as error:
                context["ended"] = error.message
    return render(request, "components/secret_link.html", context)


@never_cache
@ensure_csrf_cookie
def record(request):
    """The customer's page: one record to read and sign, in the customer's language. There is no way on from here."""
    invitation = invitation_of(request)
    if invitation is None:
        return redirect("invitations:enter")
    language = request.GET.get("language") if request.GET.get("language") in ("en", "zh-hans") else invitation.language
    with translation.override(language):
        if why := ended(invitation, timezone.now()):
            return render(request, "components/secret_link.html", {"company": company(), "heading": _("Please read and sign"), "ended": why})
        context = {"form": _form(invitation), "words": words(), "rules": sign_rules(), "language": language, "company": company()}
        context |= {"is_answer": not invitation.visit_id, "number": request.session.get(SIGN_MODE)}
        return render(request, "visits/invitations/record.html", context)


def _form(invitation):
    form = SignerForm(auto_id="sign-%s")
    if not invitation.visit_id:
        del form.fields["satisfaction"]
    return form

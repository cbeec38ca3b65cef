"""What a reporter without an account sees: the form behind a label, and the private link that follows the ticket."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404
from conduct.base.errors import DomainError
from conduct.base.forms import act
from conduct.company.queries import company
from conduct.files.queries import serve

from . import actions, closing, guard, queries
from .forms import PublicReportForm, ReopenForm
from .parcel import parcel_of
from .settling import policy_in_force


def label(request, label):
    """The form behind a QR label. Whoever stands before the thing may report it."""
    equipment = get_or_404(queries.labelled_equipment(), label=label.upper())
    form = PublicReportForm(request.POST or None, request.FILES or None, label=equipment.label, initial=_known(request.user))
    if request.method == "POST" and form.is_valid():
        made = act(form, _report, request=request, equipment=equipment, data=form.cleaned_data)
        if made:
            messages.success(request, _("Thank you. Keep this page's address: it follows the repair."))
            return redirect("repairs:follow", made[1])
    if form.is_bound:
        form.data = _fresh(form.data, equipment)
    context = {"form": form, "equipment": equipment, "open": queries.open_tickets_of(equipment)[:3], "company": company()}
    return render(request, "conduct/repairs/public/report.html", context, status=422 if form.errors else 200)


def _known(user):
    return {"reporter_name": user.name, "reporter_contact": user.telephone} if user.is_authenticated else {}


def _fresh(data, equipment):
    """A form that comes back gets a new time stamp, so that it can be sent again."""
    data = data.copy()
    data["stamp"] = guard.stamp(equipment.label)
    return data


def _report(*, request, equipment, data):
    now = timezone.now()
    stamp, website = data.pop("stamp"), data.pop("website")
    guard.check_form(label=equipment.label, stamp=stamp, website=website, now=now.timestamp())
    address = guard.address_of(request, proxies=settings.PROXY_COUNT)
    guard.count_report(label=equipment.label, address=address, now=now.timestamp())
    person = request.user if request.user.is_authenticated else None
    return actions.report(equipment=equipment, source="label", reporter=person, by=person, at=now, **data)


def _ticket(token):
    """The token is the permission: 256 random bits, of which we keep the hash."""
    return get_or_404(queries.by_link(actions.hash_of(token)))


def follow(request, token):
    """The ticket like a parcel: where it is, since when, until when."""
    ticket = _ticket(token)
    policy = policy_in_force(at=timezone.now())
    until = closing.may_reopen_until(ticket, policy)
    context = {
        "ticket": ticket,
        "token": token,
        "steps": parcel_of(ticket),
        "photos": ticket.photos.select_related("file"),
        "form": ReopenForm(ticket=ticket) if ticket.state == "fed_back" and until > timezone.now() else None,
        "until": until,
        "company": company(),
    }
    response = render(request, "conduct/repairs/public/follow.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def object_to(request, token):
    """The reporter says that it is not mended."""
    ticket = _ticket(token)
    form = ReopenForm(request.POST, ticket=ticket)
    if not form.is_valid():
        raise DomainError(_("Say what is still wrong."))
    person = request.user if request.user.is_authenticated else None
    closing.reopen(ticket=ticket, by=person, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Thank you. Somebody looks at it again."))
    return redirect("repairs:follow", token)


@require_POST
def content_with(request, token):
    """The reporter says that it works, which closes the ticket at once."""
    ticket = _ticket(token)
    closing.close(ticket=ticket, by=request.user if request.user.is_authenticated else None, at=timezone.now())
    messages.success(request, _("Thank you. The ticket is closed."))
    return redirect("repairs:follow", token)


def follow_photo(request, token, file_id):
    ticket = _ticket(token)
    return serve(get_or_404(ticket.photos.select_related("file"), file_id=file_id).file)

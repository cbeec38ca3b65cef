from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from conduct.approvals.queries import may_decide
from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.files.queries import serve
from conduct.outbox.channels.registry import fax_channels, mail_channels
from conduct.people.access import Permission
from conduct.trail.queries import trail_of
from visits.intake.views import found

from . import actions
from .about import about
from .forms import AskForm, DiscardForm, ReplyForm, ReviewForm, TakeOverForm
from .queries import deliveries_of, open_question, replies_for, to_review
from .states import ReplyState

FORMS = {"ask": AskForm, "review": ReviewForm, "discard": DiscardForm, "take_over": TakeOverForm}
DONE = {
    "ask": gettext_lazy("Given to be reviewed; the reviewer is told."), "review": gettext_lazy("Noted. The author is told."),
    "discard": gettext_lazy("Thrown away."), "take_over": gettext_lazy("It is yours now."),
}  # fmt: skip


def _lists(user):
    return {
        "open": lambda rows: rows.filter(state__in=ReplyState.CHANGEABLE),
        "review": lambda rows: rows.filter(pk__in=to_review(user).values("pk")),
        "mine": lambda rows: rows.filter(author=user),
        "out": lambda rows: rows.filter(state__in=ReplyState.OUT),
        "all": lambda rows: rows,
    }


@login_required
def reply_list(request):
    require(request.user, Permission.SEE_REPLIES)
    lists = _lists(request.user)
    show = request.GET.get("show") if request.GET.get("show") in lists else "open"
    page = keyset(lists[show](replies_for(request.user)), request, order=("-drafted_at", "-id"))
    return render(request, "visits/replies/list.html", {"page": page, "show": show})


@login_required
def new(request):
    """A reply about what the address names: a visit, an order, a complaint, a customer; without any of them the customer is found first."""
    require(request.user, Permission.WRITE_REPLIES)
    subject = about(request.user, request.GET)
    if subject is None:
        return render(request, "visits/intake/find.html", _finder(request))
    form = ReplyForm(request.POST or None, customer=subject["customer"], initial=subject.pop("initial"))
    if request.method == "POST" and form.is_valid():
        reply = act(form, actions.draft, written=form.written(), by=request.user, at=timezone.now(), **subject)
        if reply:
            messages.success(request, _("Saved as a draft. Give it to be reviewed when it is ready."))
            return redirect(reply)
    return render(request, "visits/replies/form.html", subject | {"form": form}, status=422 if form.errors else 200)


def _finder(request):
    return found(request, reverse("replies:new")) | {"heading": _("New reply to a customer"), "find_url": reverse("replies:find")}


@login_required
def find(request):
    """The finder's results alone, fetched as somebody types."""
    require(request.user, Permission.WRITE_REPLIES)
    return render(request, "visits/intake/_found.html", _finder(request))


@login_required
def edit(request, number):
    reply = get_or_404(replies_for(request.user).filter(author=request.user), number=number)
    if not reply.is_changeable:
        messages.error(request, _("It is on its way and cannot be changed any more."))
        return redirect(reply)
    # The form fills a copy: what a refusal leaves in hand is the reply as it is stored.
    form = ReplyForm(request.POST or None, customer=reply.customer, instance=copy(reply))
    if request.method == "POST" and form.is_valid():
        act(form, actions.change, reply=reply, written=form.written(), by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("Saved. It has to be reviewed as it stands now."))
            return redirect(reply)
    context = {"form": form, "reply": reply, "customer": reply.customer, "order": reply.order, "visit": reply.visit}
    return render(request, "visits/replies/form.html", context, status=422 if form.errors else 200)


@login_required
def reply(request, number):
    return _page(request, get_or_404(replies_for(request.user), number=number))


@login_required
@require_POST
def change_state(request, number, what):
    """Ask for the review, review, throw away, go on for who has left: what the address says."""
    held = get_or_404(replies_for(request.user), number=number)
    form = FORMS[what](request.POST, prefix=what)
    if form.is_valid():
        act(form, getattr(actions, what), reply=held, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, get_or_404(replies_for(request.user), number=number), status=422, **{what: form})
    messages.success(request, DONE[what])
    return redirect(held)


@login_required
@require_POST
def send(request, number):
    held = get_or_404(replies_for(request.user).filter(author=request.user), number=number)
    channels = {"mail_channels": mail_channels(), "fax_channels": fax_channels()}
    actions.send(reply=held, by=request.user, at=timezone.now(), **channels)
    messages.success(request, _("It is on its way to the customer."))
    return redirect(held)


@login_required
def letter(request, number):
    """The letter as it went out."""
    held = get_or_404(replies_for(request.user).exclude(letter=None).select_related("letter"), number=number)
    return serve(held.letter)


def _page(request, shown, *, status=200, **filled):
    asked = open_question(shown) if shown.state == ReplyState.ASKED else None
    own = shown.author_id == request.user.pk
    offered = {
        "review": asked is not None and may_decide(request.user, asked),
        "take_over": shown.is_changeable and not shown.author.is_active and request.user.may(Permission.WRITE_REPLIES),
        "ask": own and shown.state in (ReplyState.DRAFT, ReplyState.SENT_BACK),
        "discard": own and shown.state in (ReplyState.DRAFT, ReplyState.SENT_BACK, ReplyState.APPROVED),
    }
    context = {"reply": shown, "asked": asked, "deliveries": deliveries_of(shown), "history": trail_of(shown)[:20]}
    context |= {"own": own, "may_send": own and shown.state == ReplyState.APPROVED}
    fresh = {"version": shown.version}
    shows = {name for name, yes in offered.items() if yes} | set(filled)  # what is refused is shown with the reason
    context |= {f"{name}_form": filled.get(name) or FORMS[name](prefix=name, initial=fresh) for name in shows}
    return render(request, "visits/replies/reply.html", context, status=status)

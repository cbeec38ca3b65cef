from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from conduct.base.access import get_or_404, require
from conduct.company.queries import company
from conduct.people.access import Permission

from . import actions
from .forms import FeedForm
from .ics import calendar_of
from .queries import feed_of, feeds_of, visits_of_feed


@login_required
def feeds(request):
    """The person's calendar addresses. A new one is shown in this answer and never again."""
    require(request.user, Permission.SEE_VISITS)
    form, address = FeedForm(request.POST or None, user=request.user), None
    if request.method == "POST" and form.is_valid():
        _feed, secret = actions.open_feed(by=request.user, at=timezone.now(), **form.cleaned_data)
        address, form = _home(request) + reverse("feeds:read", args=[secret]), FeedForm(user=request.user)
    context = {"form": form, "feeds": feeds_of(request.user).order_by("-created_at", "-id"), "address": address}
    return render(request, "visits/feeds/list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request, pk):
    require(request.user, Permission.SEE_VISITS)
    feed = get_or_404(feeds_of(request.user), pk=pk)
    actions.revoke(feed=feed, by=request.user, at=timezone.now())
    messages.success(request, _("Nobody reads anything under this address any more."))
    return redirect("feeds:list")


@require_safe
def read(request, secret):
    """What a calendar program fetches: no session, only the secret."""
    feed = feed_of(secret)
    if feed is None:
        raise Http404
    with override(feed.owner.language):
        name = str(feed.engineer) if feed.engineer_id else _("All visits")
        visits = visits_of_feed(feed, timezone.now())
        data = calendar_of(visits, name=name, with_engineer=feed.engineer_id is None, address=_home(request))
    headers = {"Cache-Control": "private, max-age=300", "Content-Disposition": 'inline; filename="visits.ics"'}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def _home(request):
    """The public address, or the one that was asked when the company has none on record."""
    return (company().public_address or request.build_absolute_uri("/")).rstrip("/")

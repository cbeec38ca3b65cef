from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404
from conduct.base.paging import keyset

from . import actions
from .queries import notices_for, unread_count


@login_required
def notice_list(request):
    page = keyset(notices_for(request.user), request, order=("-at", "-id"))
    return render(request, "conduct/notices/list.html", {"page": page, "unread": unread_count(request.user)})


@login_required
def bell(request):
    """The number beside the bell, fetched by itself so that no page pays for it."""
    return render(request, "conduct/notices/_bell.html", {"unread": unread_count(request.user)})


@login_required
@require_POST
def open_notice(request, pk):
    """Go where the notice leads, and note that it was read."""
    notice = get_or_404(notices_for(request.user), pk=pk)
    actions.read(notice=notice, at=timezone.now())
    return redirect(notice.url)


@login_required
@require_POST
def read_all(request):
    actions.read_all(by=request.user, at=timezone.now())
    return redirect("notices:list")

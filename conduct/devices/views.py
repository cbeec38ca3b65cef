from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.paging import keyset
from conduct.people.access import Permission

from . import actions
from .models import Device
from .queries import devices_for, with_waiting


@login_required
def mine(request):
    """One's own laptops, the one that called last first."""
    rows = with_waiting(Device.objects.filter(staff=request.user).select_related("ended_by"))
    here = request.session.session_key
    return render(request, "conduct/devices/mine.html", {"rows": rows, "here": here, "now": timezone.now()})


@login_required
def device_list(request):
    require(request.user, Permission.REVOKE_DEVICES)
    page = keyset(with_waiting(devices_for(request.user)), request, order=("-last_contact_at", "-id"))
    return render(request, "conduct/devices/list.html", {"page": page, "now": timezone.now()})


@login_required
@require_POST
def revoke(request, device_id):
    device = get_or_404(devices_for(request.user), pk=device_id)
    actions.revoke(device=device, by=request.user, at=timezone.now())
    messages.success(request, _("Revoked. It may still deliver what it holds; then it deletes everything."))
    return redirect(_back(request, device))


@login_required
def wipe(request, device_id):
    """Names what is lost before it asks to press once more."""
    device = get_or_404(devices_for(request.user), pk=device_id)
    waiting = device.announcements.filter(arrived_at=None).select_related("visit").order_by("first_at", "id")
    if request.method == "POST":
        lost = [f"{row.type} {row.visit.number if row.visit else ''} {row.item_id}" for row in waiting]
        actions.wipe(device=device, lost=lost, by=request.user, at=timezone.now())
        messages.success(request, _("It deletes everything at its next contact."))
        return redirect(_back(request, device))
    return render(request, "conduct/devices/wipe.html", {"device": device, "waiting": waiting, "now": timezone.now()})


def _back(request, device):
    return "devices:mine" if device.staff_id == request.user.pk else "devices:list"

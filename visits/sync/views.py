from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.devices.models import Device
from conduct.people.access import Permission
from visits.records import actions as records
from visits.records.kinds import LABELS, in_words

from . import actions, keys, queries
from .forms import ImportForm, ReasonForm, SettleEntryForm
from .intake import import_file


@login_required
def overview(request):
    """What laptops still hold, lost or could not deliver, and what a named person has to settle."""
    require(request.user, Permission.SETTLE_SYNC)
    sections = queries.to_settle(timezone.now())
    more = {name: len(rows) > queries.FIRST for name, rows in sections.items()}
    sections = {name: list(rows)[: queries.FIRST] for name, rows in sections.items()}
    for entry in sections["entries"]:
        entry.label = LABELS.get(entry.kind, entry.kind)
    return render(request, "visits/sync/overview.html", {"sections": sections, "more": more, "first": queries.FIRST})


@login_required
def laptop(request, device_id):
    """One laptop: what it announced and what became of it. A person settles what never arrived."""
    require(request.user, Permission.SETTLE_SYNC)
    device, at = get_or_404(Device.objects.select_related("staff", "ended_by"), pk=device_id), timezone.now()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if act(form, actions.settle_missing, device=device, reason=form.cleaned_data["reason"], by=request.user, at=at):
            messages.success(request, _("Settled and noted on the trail."))
            return redirect("sync:overview")
    rows = device.announcements.select_related("visit", "settled_by").order_by("-first_at", "-id")[: queries.FIRST]
    missing = queries.missing_at(at).filter(device=device).exists()
    context = {"device": device, "rows": rows, "missing": missing, "form": form, "first": queries.FIRST}
    return render(request, "visits/sync/laptop.html", context)


@login_required
def entry(request, entry_id):
    """An entry that was set aside: a person decides whether it counts after all."""
    require(request.user, Permission.SETTLE_SYNC)
    kept = get_or_404(queries.entries_undecided(), pk=entry_id)
    kept.label = LABELS.get(kept.kind, kept.kind)
    form = SettleEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if act(form, records.settle_entry, entry=kept, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, _("Decided and noted on the trail."))
            return redirect("sync:overview")
    return render(request, "visits/sync/entry.html", {"entry": kept, "form": form, "fields": in_words(kept.kind, kept.payload)})


@login_required
def unreadable(request, pk):
    """What could not be read, as it came. A person notes what was done about it."""
    require(request.user, Permission.SETTLE_SYNC)
    kept = get_or_404(queries.quarantined_to_settle(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"kept": kept, "reason": form.cleaned_data["reason"], "by": request.user, "at": timezone.now()}
        if act(form, records.settle_quarantined, **facts):
            messages.success(request, _("Settled and noted on the trail."))
            return redirect("sync:overview")
    return render(request, "visits/sync/unreadable.html", {"kept": kept, "form": form})


@login_required
def import_page(request):
    """Take in the encrypted file that a laptop saved: USB and mail are a way to headquarters, too."""
    require(request.user, Permission.SETTLE_SYNC)
    form, rows = ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        opener = keys.opener(settings.KEYS_DIR)
        document = form.cleaned_data["file"]
        rows = act(form, import_file, document=document, private_key=opener, by=request.user, at=timezone.now())
    return render(request, "visits/sync/import.html", {"form": form, "rows": rows})

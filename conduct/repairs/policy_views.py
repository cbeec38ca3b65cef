from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.customers.actions import give_labels
from conduct.customers.queries import equipment_for, search_equipment
from conduct.people.access import Permission

from . import policies
from .labels import LABELS_A_SHEET, MOST, sheet
from .models import RepairPolicy
from .policy_forms import PolicyForm
from .settling import policy_in_force


@login_required
def policy(request):
    """The policy in force, its earlier versions, and the form of the next one."""
    require(request.user, Permission.EDIT_REPAIR_POLICY)
    present = policy_in_force(at=timezone.now())
    form = PolicyForm(request.POST or None, before=present)
    if request.method == "POST" and form.is_valid():
        if act(form, policies.change_policy, by=request.user, at=timezone.now(), **form.facts()):
            messages.success(request, _("In force from now on. Deadlines that were given stay as they are."))
            return redirect("repairs:policy")
    versions = RepairPolicy.objects.select_related("made_by").prefetch_related("rules").order_by("-version")[:20]
    return render(request, "conduct/repairs/policy.html", {"form": form, "present": present, "versions": versions})


@login_required
def labels(request):
    """Choose the equipment whose labels are printed."""
    require(request.user, Permission.PRINT_LABELS)
    rows, text = equipment_for(request.user).filter(is_active=True), request.GET.get("q", "")
    if site := request.GET.get("site"):
        rows = rows.filter(site__number=site)
    page = keyset(search_equipment(rows, text), request, order=("name", "id"), size=96)
    return render(request, "conduct/repairs/labels.html", {"page": page, "q": text, "a_sheet": LABELS_A_SHEET})


@login_required
@require_POST
def label_sheet(request):
    """The labels as a PDF, twenty-four a sheet."""
    require(request.user, Permission.PRINT_LABELS)
    chosen = equipment_for(request.user).filter(number__in=request.POST.getlist("equipment"), is_active=True)
    items = list(chosen.order_by("site__name", "name", "number")[:MOST])
    if not items:
        messages.error(request, _("Choose at least one piece of equipment."))
        return redirect("repairs:labels")
    give_labels(equipment=items)
    ours, start = company(), request.POST.get("start", "")
    first = int(start) if start.isdecimal() else 1
    pdf = sheet(items, public_address=ours.public_address, company=ours.name, first=first)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="labels.pdf"'})

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.days import day_of
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.files.queries import serve
from conduct.people.access import Permission

from . import actions
from .forms import AgainForm, PolicyForm
from .missing import gap_words
from .queries import file_of, next_days, packs_for, policy
from .reading import Reading
from .states import PackState


@login_required
def pack_list(request):
    require(request.user, Permission.SEE_PACKS)
    packs, state, month = packs_for(request.user), request.GET.get("state", ""), request.GET.get("month", "")
    if state == "missing":
        packs = packs.filter(state__in=PackState.MISSING)
    if month:
        packs = packs.filter(month=month)
    today = day_of(timezone.now(), company().time_zone)
    rule = policy()
    context = {
        "page": keyset(packs, request, order=("-month", "-id")), "policy": rule, "days": next_days(today, rule),
        "state": state, "month": month,
    }  # fmt: skip
    return render(request, "visits/packs/list.html", context)


@login_required
def detail(request, number):
    require(request.user, Permission.SEE_PACKS)
    pack = get_or_404(packs_for(request.user), number=number)
    form = AgainForm() if request.user.may(Permission.EDIT_PACKS) and pack.state != PackState.DUE else None
    context = {"pack": pack, "files": pack.files.select_related("file"), "form": form}
    if "missing" in pack.facts:
        context["gaps"] = [(gap["whose"], gap_words(gap)) for gap in pack.facts["missing"]]
    return render(request, "visits/packs/detail.html", context)


@login_required
def file(request, number, file_id):
    require(request.user, Permission.SEE_PACKS)
    pack = get_or_404(packs_for(request.user), number=number)
    return serve(get_or_404(file_of(pack, file_id)).file, download=True)


@login_required
@require_POST
def again(request, number):
    require(request.user, Permission.EDIT_PACKS)
    pack = get_or_404(packs_for(request.user), number=number)
    reason = AgainForm(request.POST).data.get("reason", "")
    actions.make_again(pack=pack, reason=reason, by=request.user, at=timezone.now())
    messages.success(request, _("The pack will be made again."))
    return redirect(pack)


@login_required
def edit_policy(request):
    """When packs are due, with the days that each reading would give for the next months."""
    require(request.user, Permission.EDIT_PACKS)
    form = PolicyForm(request.POST or None, instance=policy())
    if request.method == "POST" and form.is_valid():
        if act(form, actions.save_policy, policy=form.instance, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect("packs:list")
    return render(request, "visits/packs/policy.html", {"form": form, "readings": _readings()})


def _readings():
    """[(reading in words, [(month, day), …]), …]."""
    today, found = day_of(timezone.now(), company().time_zone), []
    for code, label in Reading.choices:
        rule = policy()
        rule.reading = code
        found.append((label, next_days(today, rule, count=3)))
    return found

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission

from . import actions
from .forms import EntryPackForm
from .queries import orders_with_pack, pack_of


@login_required
def pack(request, number):
    """What the machine room's keeper asks for; the engineer takes it along, printed or on the laptop."""
    require(request.user, Permission.SEE_ORDERS)
    order = get_or_404(orders_with_pack(request.user), number=number)
    return render(request, "visits/permits/pack.html", {"order": order, "pack": pack_of(order)})


@login_required
def edit(request, number):
    require(request.user, Permission.PLAN_VISITS)
    order = get_or_404(orders_with_pack(request.user), number=number)
    form = EntryPackForm(request.POST or None, instance=pack_of(order))
    if request.method == "POST" and form.is_valid():
        actions.save(pack=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    return render(request, "visits/permits/form.html", {"form": form, "order": order}, status=422 if form.errors else 200)

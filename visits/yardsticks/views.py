from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import require
from conduct.base.forms import act
from conduct.people.access import Permission

from . import actions
from .forms import YardstickForm
from .queries import editions, in_force


@login_required
def edit(request):
    """The editions for whoever reads the month, and the form for who may change them."""
    require(request.user, Permission.SEE_MONTH)
    may_change = request.user.may(Permission.CLOSE_MONTH)
    now = in_force(timezone.now())
    initial = {name: getattr(now, name) for name in actions.FIELDS}
    form = YardstickForm(request.POST or None, initial=initial) if may_change else None
    if request.method == "POST":
        require(request.user, Permission.CLOSE_MONTH)
        if form.is_valid() and act(form, actions.change, yardstick=form.instance, by=request.user, at=timezone.now()):
            messages.success(request, _("In force for everything that is closed from now on."))
            return redirect("yardsticks:edit")
    return render(request, "visits/yardsticks/edit.html", {"form": form, "editions": editions(), "now": now})

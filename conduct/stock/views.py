from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.people.access import Permission

from . import actions
from .forms import PlaceForm
from .models import Place


@login_required
def place_list(request):
    require(request.user, Permission.SEE_STOCK)
    rows = Place.objects.order_by("-is_active", "name")
    return render(request, "conduct/stock/places.html", {"rows": rows})


@login_required
def edit_place(request, number=None):
    """A new place, or one that is changed."""
    require(request.user, Permission.KEEP_STOCK)
    place = get_or_404(Place.objects.all(), number=number) if number else Place()
    form = PlaceForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        actions.save_place(place=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("stock:places")
    heading = str(place) if number else _("New place")
    return render(request, "conduct/stock/form.html", {"form": form, "heading": heading})

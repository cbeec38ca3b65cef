from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.customers.models import Site
from conduct.files.queries import serve
from conduct.people.access import Permission
from conduct.repairs.queries import ticket_page

from . import actions
from .forms import OrderForm
from .markup import rows_html
from .queries import name_places, orders_for, rows_of, searched, ticket_photos
from .states import OrderState

MOVES = {"open": actions.open_order, "close": actions.close, "cancel": actions.cancel}


@login_required
def order_list(request):
    require(request.user, Permission.SEE_ORDERS)
    rows = orders_for(request.user)
    state = request.GET.get("state", "")
    if state in OrderState.values:
        rows = rows.filter(state=state)
    text, more = request.GET.get("q", "").strip(), False
    if text:
        rows, more = searched(request.user, rows, text)
    page = keyset(rows_of(rows), request, order=("-created_at", "-id"))
    name_places(page.rows)
    shown = {"page": page, "rows_html": rows_html(page.rows, timezone.get_current_timezone()), "more": more}
    context = shown | {"state": state, "states": OrderState.choices, "q": text}
    return render(request, "visits/orders/list.html", context)


def initial_of(request):
    """What an address says of the order that is to be raised; a site comes by its number or its id."""
    initial = request.GET.dict() | {name: request.GET.getlist(name) for name in ("traits", "equipment", "skills", "certified") if name in request.GET}
    if initial.get("site", "").startswith("S-"):
        initial["site"] = Site.objects.filter(number=initial["site"]).values_list("pk", flat=True).first()
    return initial


@login_required
def from_ticket(request, ticket):
    """A new order for what a repair ticket reports, filled in from it."""
    require(request.user, Permission.EDIT_ORDERS)
    shown = get_or_404(ticket_page(request.user), number=ticket)
    site, fault = shown.equipment.site_id, shown.fault
    initial = {"site": site, "equipment": [shown.equipment_id], "reported_fault": fault, "scope": " ".join(fault.split())[:300]}
    form = OrderForm(request.POST or None, initial=initial | {"traits": ["repair"], "wanted_to": shown.finish_due_at})
    if request.method == "POST" and form.is_valid():
        if order := act(form, actions.raise_from_ticket, ticket=shown, order=form.instance, **facts_of(request, form)):
            messages.success(request, _("Work order %(number)s is raised.") % {"number": order.number})
            return redirect(order)
    heading = _("New work order for %(number)s") % {"number": shown.number}
    return render(request, "visits/orders/form.html", {"form": form, "heading": heading})


@login_required
def ticket_photo(request, number, file_id):
    """A photo that came with the ticket, for who goes there."""
    order = get_or_404(orders_for(request.user), number=number)
    return serve(get_or_404(ticket_photos(order), file_id=file_id).file)


@login_required
def edit(request, number):
    require(request.user, Permission.EDIT_ORDERS)
    order = get_or_404(orders_for(request.user), number=number)
    form = OrderForm(request.POST or None, instance=order, initial={"site": initial_of(request).get("site") or order.site_id})
    if request.method == "POST" and form.is_valid():
        if act(form, actions.change_order, order=form.instance, seen=form.cleaned_data["seen"], **facts_of(request, form)):
            messages.success(request, _("Saved."))
            return redirect(order)
    return render(request, "visits/orders/form.html", {"form": form, "heading": order.number, "order": order})


def facts_of(request, form):
    """What the form says, as `raise_order` and `change_order` want it."""
    data = form.cleaned_data
    needs = {name: data[name] for name in ("equipment", "scope", "skills", "certified")}
    return {**needs, "by": request.user, "at": timezone.now()}


@login_required
@require_POST
def change_state(request, number, to):
    require(request.user, Permission.EDIT_ORDERS)
    order = get_or_404(orders_for(request.user), number=number)
    MOVES[to](order=order, by=request.user, at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect(order)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission, sees_all
from conduct.trail.queries import trail_of

from . import actions, queries
from .forms import ContactForm, CustomerForm, EquipmentForm, SiteForm
from .models import Contact, Customer, Equipment, Site

SHOWN = 30  # orders on a page of equipment


def _list(request, found, template):
    """`found` is (rows, whether more fit than could be looked at)."""
    rows, more = found
    page = keyset(rows, request, order=("name", "id"))
    return render(request, template, {"page": page, "q": request.GET.get("q", ""), "more": more})


def _edit(request, form_class, thing, heading):
    """One form for a new thing and for an old one."""
    require(request.user, Permission.EDIT_CUSTOMERS)
    before = type(thing).objects.filter(pk=thing.pk).first() if thing.pk else None
    form = form_class(request.POST or None, instance=thing, initial=dict(request.GET.items()))
    if request.method == "POST" and form.is_valid():
        if act(form, actions.save, thing=form.instance, before=before, seen=form.seen, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect(form.instance)
    return render(request, "conduct/customers/form.html", {"form": form, "heading": heading})


@login_required
def customer_list(request):
    require(request.user, Permission.SEE_CUSTOMERS)
    return _list(request, queries.search_customers(request.user, request.GET.get("q", "")), "conduct/customers/customers.html")


@login_required
def site_list(request):
    require(request.user, Permission.SEE_CUSTOMERS)
    return _list(request, queries.search_sites(request.user, request.GET.get("q", "")), "conduct/customers/sites.html")


@login_required
def equipment_list(request):
    require(request.user, Permission.SEE_CUSTOMERS)
    rows = queries.search_equipment(queries.equipment_for(request.user), request.GET.get("q", ""))
    return _list(request, (rows, False), "conduct/customers/equipment_list.html")


@login_required
def customer(request, number):
    thing = get_or_404(queries.customers_for(request.user), number=number)
    sites = queries.sites_for(request.user).filter(customer=thing).order_by("name")
    context = {"customer": thing, "sites": sites, "orders": thing.orders.order_by("-created_at")[:20]}
    return render(request, "conduct/customers/customer.html", context | {"history": trail_of(thing)[:20]})


@login_required
def site(request, number):
    thing = get_or_404(queries.sites_for(request.user), number=number)
    context = {
        "site": thing,
        "contacts": thing.contacts.order_by("-is_active", "name"),
        "equipment": thing.equipment.order_by("name"),
        "orders": thing.orders.order_by("-created_at")[:20],
        "promises": _promises(thing, request.user),
        "history": trail_of(thing)[:20],
    }
    return render(request, "conduct/customers/site.html", context)


def _promises(site, user):
    """What the site still waits for; of that an engineer sees what is his own to keep."""
    rows = site.promises.filter(state="open").select_related("owner").order_by("due", "id")
    return rows if sees_all(user, Permission.SEE_PROMISES) else rows.filter(owner=user)


@login_required
def equipment(request, number):
    thing = get_or_404(queries.equipment_for(request.user), number=number)
    orders = list(thing.orders.order_by("-created_at").prefetch_related("visits__engineer__staff")[: SHOWN + 1])
    tickets = thing.tickets.order_by("-reported_at", "-id")[:10] if sees_all(request.user, Permission.SEE_TICKETS) else ()
    context = {"equipment": thing, "orders": orders[:SHOWN], "more": len(orders) > SHOWN, "tickets": tickets, "history": trail_of(thing)[:20]}
    return render(request, "conduct/customers/equipment.html", context)


@login_required
def new_customer(request):
    return _edit(request, CustomerForm, Customer(), _("New customer"))


@login_required
def edit_customer(request, number):
    return _edit(request, CustomerForm, get_or_404(queries.customers_for(request.user), number=number), number)


@login_required
def new_site(request):
    return _edit(request, SiteForm, Site(), _("New site"))


@login_required
def edit_site(request, number):
    return _edit(request, SiteForm, get_or_404(queries.sites_for(request.user), number=number), number)


@login_required
def new_equipment(request):
    return _edit(request, EquipmentForm, Equipment(), _("New equipment"))


@login_required
def edit_equipment(request, number):
    return _edit(request, EquipmentForm, get_or_404(queries.equipment_for(request.user), number=number), number)


@login_required
def contact(request, number, pk=None):
    """A new contact of a site, or one that is changed."""
    require(request.user, Permission.EDIT_CUSTOMERS)
    place = get_or_404(queries.sites_for(request.user), number=number)
    person = get_or_404(place.contacts, pk=pk) if pk else Contact(site=place)
    form = ContactForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        if act(form, actions.save_contact, contact=form.instance, seen=form.seen, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved."))
            return redirect(place)
    return render(request, "conduct/customers/form.html", {"form": form, "heading": person.name or _("New contact")})

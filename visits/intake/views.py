from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.customers.queries import find_equipment, find_sites
from conduct.people.access import Permission
from visits.orders.views import facts_of, initial_of

from . import actions, queries
from .forms import IntakeForm, TemplateForm, from_template
from .models import OrderTemplate


@login_required
def new(request):
    """Find the customer, then tell the order beside what is known of the site. A page for each, so that it works without scripts."""
    require(request.user, Permission.EDIT_ORDERS)
    initial = initial_of(request)
    template = queries.templates_for(request.user).filter(number=request.GET.get("template", ""), is_active=True).first()
    if template:
        initial = from_template(template) | initial
    form = IntakeForm(request.POST or None, initial=initial)
    if form.place is None:
        return render(request, "visits/intake/find.html", _found(request))
    if request.method == "POST" and form.is_valid() and (order := _take_in(request, form)):
        messages.success(request, _("Work order %(number)s is raised.") % {"number": order.number})
        return redirect(order)
    return render(request, "visits/intake/new.html", _beside(request, form) | {"form": form, "template": template})


def _take_in(request, form):
    another = form.cleaned_data.pop("another_matter")
    told = {"another_matter": another, "project": form.cleaned_data.pop("project", None)}
    order = act(form, actions.take_in, order=form.instance, **told, **facts_of(request, form))
    if "another_matter" in form.errors:
        form.ask_whether_another()
    return order


def _beside(request, form):
    """What is known of the site."""
    site = form.place
    return {
        "site": site,
        "orders": queries.open_orders(site),
        "visits": queries.recent_visits(site),
        "promises": queries.open_promises(site),
        "templates": queries.templates_for(request.user).filter(is_active=True).order_by("name"),
    }


def _found(request):
    """A result leads to a new order, or to the order that gets another site."""
    order = request.GET.get("for", "")
    return found(request, reverse("orders:edit", args=[order]) if order else reverse("intake:new")) | {"for": order}


def found(request, to):
    """What the finder shows for `?find=`; its results lead `to`."""
    text = request.GET.get("find", "").strip()
    sites, more = find_sites(request.user, text)
    equipment = find_equipment(request.user, text) if text else []
    return {"sites": sites, "more": more, "equipment": equipment, "find": text, "to": to}


@login_required
def find(request):
    """The results alone, fetched as somebody types."""
    require(request.user, Permission.EDIT_ORDERS)
    return render(request, "visits/intake/_found.html", _found(request))


@login_required
def template_list(request):
    require(request.user, Permission.EDIT_ORDERS)
    page = keyset(queries.templates_for(request.user), request, order=("name", "id"))
    return render(request, "visits/intake/templates.html", {"page": page})


@login_required
def edit_template(request, number=None):
    """A new template, or one that is changed."""
    require(request.user, Permission.EDIT_ORDERS)
    template = get_or_404(queries.templates_for(request.user), number=number) if number else OrderTemplate()
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        needs = {name: form.cleaned_data[name] for name in ("skills", "certified")}
        actions.save_template(template=form.instance, by=request.user, at=timezone.now(), **needs)
        messages.success(request, _("Saved."))
        return redirect("intake:templates")
    heading = template.name if number else _("New order template")
    return render(request, "visits/intake/template.html", {"form": form, "heading": heading}, status=422 if form.errors else 200)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.people.access import Permission

from . import actions, queries
from .forms import EraseForm, TermsForm
from .models import RetentionPolicy
from .terms import KINDS


@login_required
def table(request):
    """The table with what is due, and a form for its next version."""
    require(request.user, Permission.MANAGE_RETENTION)
    form = TermsForm(request.POST or None, initial=queries.terms())
    if request.method == "POST" and form.is_valid():
        terms = {kind.code: form.cleaned_data[kind.code] for kind in KINDS}
        reason = form.cleaned_data["reason"]
        if act(form, actions.set_terms, terms=terms, reason=reason, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved as a new version."))
            return redirect("retention:table")
    rows = [(*row, form[row[0].code]) for row in queries.listing(timezone.now())]
    context = {"form": form, "rows": rows, "versions": RetentionPolicy.objects.select_related("by")[:20]}
    return render(request, "visits/retention/table.html", context)


@login_required
def staff(request, username):
    person = get_or_404(queries.staff_to_erase(request.user), username=username)
    waiting = queries.in_the_way_of(person)
    facts = {"name": person.name, "is_here": person.is_active, "back": person.get_absolute_url()}
    return _erase(request, facts | {"waiting": waiting}, lambda **given: actions.erase_staff(staff=person, **given))


@login_required
def contact(request, pk):
    person = get_or_404(queries.contacts_to_erase(request.user), pk=pk)
    waiting = queries.orders_waiting_for(person)
    facts = {"name": person.name, "about": person.site, "back": person.site.get_absolute_url()}
    return _erase(request, facts | {"waiting": waiting}, lambda **given: actions.erase_contact(contact=person, **given))


def _erase(request, facts, erase):
    """What goes and what stays, then the deed."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(form, erase, by=request.user, at=timezone.now(), **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("Erased. Signed records stay as they are, restricted, until their term ends."))
            return redirect("retention:table")
    months = queries.terms()["records"]
    return render(request, "visits/retention/erase.html", {"form": form, "months": months} | facts)

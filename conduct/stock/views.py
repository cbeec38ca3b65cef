from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.errors import DomainError
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.people.access import Permission
from conduct.trail.queries import trail_of

from . import actions, queries
from .forms import AboutForm, ItemForm, LineFormSet, PlaceForm, ReverseForm, SlipForm
from .models import Item, Place
from .states import ItemKind, SlipKind


@login_required
def item_list(request):
    require(request.user, Permission.SEE_STOCK)
    rows = queries.with_levels(queries.items_for(request.user).filter(is_active=True))
    show = request.GET.get("show", "")
    if show in ItemKind.values:
        rows = rows.filter(kind=show)
    elif show == "low":
        rows = queries.too_few(rows)
    if text := request.GET.get("q", "").strip():
        by_number = rows.filter(number__iexact=text)
        rows = by_number if by_number.exists() else rows.filter(name__icontains=text)
    page = keyset(rows, request, order=("name", "id"))
    context = {"page": page, "kinds": ItemKind.choices, "show": show, "q": text}
    return render(request, "conduct/stock/items.html", context)


@login_required
def item(request, number):
    thing = get_or_404(queries.with_levels(queries.items_for(request.user)), number=number)
    page = keyset(queries.movements_of(thing), request, order=("-id",))
    context = {"item": thing, "page": page, "history": trail_of(thing)[:10]}
    return render(request, "conduct/stock/item.html", context)


@login_required
def edit_item(request, number=None):
    """A new item, or one that is changed."""
    require(request.user, Permission.KEEP_STOCK)
    thing = get_or_404(queries.items_for(request.user), number=number) if number else Item()
    form = ItemForm(request.POST or None, instance=thing)
    if request.method == "POST" and form.is_valid():
        actions.save_item(item=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(form.instance)
    heading = number or _("New item")
    return render(request, "conduct/stock/form.html", {"form": form, "heading": heading})


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


@login_required
def slip_list(request):
    require(request.user, Permission.SEE_STOCK)
    rows = queries.slips_for(request.user)
    kind = request.GET.get("kind", "")
    if kind in SlipKind.values:
        rows = rows.filter(kind=kind)
    if about := request.GET.get("about", "").strip():
        rows = rows.filter(reference=about)
    page = keyset(rows, request, order=("-at", "-number"))
    context = {"page": page, "kinds": SlipKind.choices, "kind": kind, "about": about}
    return render(request, "conduct/stock/slips.html", context)


@login_required
def new_slip(request):
    """First the kind, then its form. What was typed stays when something is refused."""
    require(request.user, Permission.KEEP_STOCK)
    kind = request.GET.get("kind", "")
    if kind not in SlipKind.BY_HAND:
        return render(request, "conduct/stock/kinds.html", {"kinds": [SlipKind(code) for code in SlipKind.BY_HAND]})
    form = SlipForm(request.POST or None, kind=kind, initial={"giver_name": request.user.name if kind == "out" else ""})
    first = [{"item": request.GET.get("item", "")}] if request.GET.get("item") else None
    lines = LineFormSet(request.POST or None, prefix="lines", form_kwargs={"kind": kind}, initial=first)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        if response := _posted(request, form, lines):
            return response
    context = {"form": form, "lines": lines, "kind": SlipKind(kind), "items": queries.items_in_use()[:1000]}
    context["signers"] = [(form[f"{side}_name"], form[f"{side}_strokes"]) for side in ("giver", "taker")]
    return render(request, "conduct/stock/new_slip.html", context)


def _posted(request, form, lines):
    """Post the slip and go to it; a refusal goes beside the line or the field it is about, and None comes back."""
    about = AboutForm(request.GET)
    facts = form.cleaned_data | (about.cleaned_data if about.is_valid() else {})
    rows = [row.line for row in lines if row.line]
    facts |= {"lines": rows, "kind": form.kind, "by": request.user, "at": timezone.now()}
    try:
        slip, is_new = actions.post(**facts)
    except actions.NotEnough as error:
        short = next(row for row in lines if row.line and row.line.item == error.item)
        return short.add_error("quantity", error.message)
    except DomainError as error:
        return form.add_error(error.field if error.field in form.fields else None, error.message)
    if is_new:
        messages.success(request, _("Stored as %(number)s.") % {"number": slip.number})
    else:
        messages.warning(request, _("This slip is stored already as %(number)s; nothing was moved twice.") % {"number": slip.number})
    return redirect(slip)


@login_required
def slip(request, number):
    paper = get_or_404(queries.slip_page(queries.slips_for(request.user)), number=number)
    return _slip_page(request, paper, ReverseForm())


@login_required
def sheet(request, number):
    """The slip as a sheet of paper."""
    paper = get_or_404(queries.slip_page(queries.slips_for(request.user)), number=number)
    context = {"slip": paper, "lines": queries.lines_of(paper), "company": company()}
    return render(request, "conduct/stock/sheet.html", context)


@login_required
@require_POST
def reverse(request, number):
    require(request.user, Permission.KEEP_STOCK)
    paper = get_or_404(queries.slip_page(queries.slips_for(request.user)), number=number)
    form = ReverseForm(request.POST)
    undone = None
    if form.is_valid():
        undone = act(form, actions.reverse, slip=paper, by=request.user, at=timezone.now(), **form.cleaned_data)
    if undone is None:
        return _slip_page(request, paper, form, status=422)
    messages.success(request, _("Reversed by %(number)s.") % {"number": undone.number})
    return redirect(undone)


def _slip_page(request, paper, form, status=200):
    context = {"slip": paper, "form": form, "reversed_by": getattr(paper, "reversed_by", None), "history": trail_of(paper)[:10]}
    context["reverses"] = request.user.may(Permission.KEEP_STOCK) and paper.kind != SlipKind.REVERSED and not context["reversed_by"]
    return render(request, "conduct/stock/slip.html", context, status=status)

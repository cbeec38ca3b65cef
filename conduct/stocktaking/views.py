from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.errors import DomainError
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.company.queries import company
from conduct.people.access import Permission
from conduct.stock.queries import items_in_use, slips_about
from conduct.trail.queries import trail_of

from . import actions, queries
from .forms import AddForm, BeginForm, BookForm, CancelForm, CountForm, ExplainForm
from .states import StocktakingState

LINES_A_PAGE = 50
NAME_ORDER = ("item__name", "id")


@login_required
def stocktaking_list(request):
    require(request.user, Permission.SEE_STOCK)
    page = keyset(queries.stocktakings_for(request.user), request, order=("-begun_at", "-number"))
    return render(request, "conduct/stocktaking/list.html", {"page": page})


@login_required
def begin(request):
    require(request.user, Permission.KEEP_STOCK)
    form = BeginForm(request.POST or None, initial=request.GET)
    if request.method == "POST" and form.is_valid():
        begun = act(form, actions.begin, by=request.user, at=timezone.now(), **form.cleaned_data)
        if begun:
            messages.success(request, _("Begun. Print the sheet, or enter the numbers where you count."))
            return redirect(begun)
    return render(request, "conduct/stock/form.html", {"form": form, "heading": _("New stock-taking")})


@login_required
def stocktaking(request, number):
    return _page(request, get_or_404(queries.stocktakings_for(request.user), number=number))


def _page(request, taking, status=200, **forms):
    """The page in the state of the stock-taking; `forms` are those that were refused, with what was typed."""
    moved = list(queries.moved_meanwhile(taking))
    context = {"taking": taking, "moved": moved[:100], "more_moved": len(moved) > 100, "progress": queries.how_far(taking)}
    context |= {"counters": queries.counters_of(taking), "slips": slips_about(origin=queries.ORIGIN, reference=taking.number)}
    context |= _open_forms(request, taking, len(moved)) | {"history": trail_of(taking)[:15]} | forms
    if taking.state in (StocktakingState.COUNTED, StocktakingState.BOOKED):
        context |= _differences(request, taking, context, moved)
    return render(request, "conduct/stocktaking/stocktaking.html", context, status=status)


def _open_forms(request, taking, moved):
    """What this person can do next."""
    forms = {}
    if taking.state in StocktakingState.OPEN and request.user.may(Permission.KEEP_STOCK):
        forms["cancel_form"] = CancelForm()
    if taking.state == StocktakingState.COUNTING:
        forms["missing"] = list(queries.uncounted(taking)[:10])
    if taking.state == StocktakingState.COUNTED and request.user.may(Permission.BOOK_STOCKTAKINGS):
        forms |= {
            "book_form": BookForm(initial={"seen": moved}),
            "counted_it": queries.counted_a_difference(request.user, taking),
        }
    return forms


def _differences(request, taking, context, moved):
    """The lines that differ, each with what moved meanwhile and, while they can be explained, its fields."""
    page, form = _page_of_differences(request, taking), context.get("explain_form")
    if form is None and taking.state == StocktakingState.COUNTED and request.user.may(Permission.BOOK_STOCKTAKINGS):
        form = ExplainForm(lines=page.rows)
    movements = queries.by_item(moved)
    rows = [(line, cause, words, movements.get(line.item_id, [])) for line, cause, words in (form.rows if form else ())]
    rows = rows or [(line, None, None, movements.get(line.item_id, [])) for line in page]
    return {"page": page, "rows": rows, "explain_form": form}


def _page_of_differences(request, taking):
    return keyset(queries.with_entries(queries.differences(taking)), request, order=NAME_ORDER, size=LINES_A_PAGE)


@login_required
def sheet(request, number):
    """The list as a sheet of paper, without what the books say: who counts shall look at the shelf."""
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    context = {"taking": taking, "lines": queries.lines_of(taking), "company": company(), "blank": range(4)}
    return render(request, "conduct/stocktaking/sheet.html", context)


@login_required
def count(request, number):
    require(request.user, Permission.COUNT_STOCK)
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    if taking.state != StocktakingState.COUNTING:
        return redirect(taking)
    page = keyset(queries.with_entries(queries.lines_of(taking)), request, order=NAME_ORDER, size=LINES_A_PAGE)
    form = CountForm(request.POST or None, lines=page.rows)
    if request.method == "POST" and form.is_valid() and _entered(request, taking, form):
        return redirect(request.get_full_path())
    return _count_page(request, taking, page, form, AddForm())


def _entered(request, taking, form):
    """Store what was counted. What somebody else entered meanwhile is said beside its line, and False comes back."""
    facts = {"counted": form.counted, "counted_at": form.cleaned_data["counted_at"], "by": request.user, "at": timezone.now()}
    done = act(form, actions.enter, stocktaking=taking, **facts)
    if done is None:
        return False
    stored, clashes = done
    for clash in clashes:
        form.show_clash(clash.line, clash.message)
    if stored:
        said = ngettext("%(count)d number stored.", "%(count)d numbers stored.", stored) % {"count": stored}
        messages.success(request, said)
    return not clashes


def _count_page(request, taking, page, form, add_form, status=200):
    context = {"taking": taking, "page": page, "form": form, "add_form": add_form, "items": items_in_use()[:1000]}
    context["progress"] = queries.how_far(taking)
    return render(request, "conduct/stocktaking/count.html", context, status=status)


@login_required
@require_POST
def add(request, number):
    require(request.user, Permission.COUNT_STOCK)
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    form = AddForm(request.POST)
    if form.is_valid() and act(form, actions.add, stocktaking=taking, by=request.user, at=timezone.now(), **form.cleaned_data):
        messages.success(request, _("On the list now."))
        return redirect("stocktaking:count", taking.number)
    page = keyset(queries.with_entries(queries.lines_of(taking)), request, order=NAME_ORDER, size=LINES_A_PAGE)
    return _count_page(request, taking, page, CountForm(lines=page.rows), form, status=422)


@login_required
@require_POST
def close(request, number):
    require(request.user, Permission.KEEP_STOCK)
    return _step(request, number, actions.close, _("Compared with the books."))


@login_required
@require_POST
def reopen(request, number):
    require(request.user, Permission.KEEP_STOCK)
    return _step(request, number, actions.reopen, _("Counting goes on."))


def _step(request, number, action, done):
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    try:
        action(stocktaking=taking, by=request.user, at=timezone.now())
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect(taking)


@login_required
@require_POST
def explain(request, number):
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    require(request.user, Permission.BOOK_STOCKTAKINGS)
    page = _page_of_differences(request, taking)
    form = ExplainForm(request.POST, lines=page.rows)
    if form.is_valid():
        act(form, actions.explain, stocktaking=taking, said=form.said, by=request.user, at=timezone.now())
    if form.errors:
        return _page(request, taking, status=422, explain_form=form)
    messages.success(request, _("Saved."))
    return redirect(taking.get_absolute_url() + (page.next or ""))


@login_required
@require_POST
def book(request, number):
    require(request.user, Permission.BOOK_STOCKTAKINGS)
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    form = BookForm(request.POST)
    slips = None
    if form.is_valid():
        slips = act(form, actions.book, stocktaking=taking, by=request.user, at=timezone.now(), **form.cleaned_data)
    if slips is None:
        taking.refresh_from_db()
        form.show_again(queries.moved_meanwhile(taking).count())
        return _page(request, taking, status=422, book_form=form)
    messages.success(request, _("Booked.") if slips else _("Everything is as the books say. Nothing had to be booked."))
    return redirect(taking)


@login_required
@require_POST
def cancel(request, number):
    require(request.user, Permission.KEEP_STOCK)
    taking = get_or_404(queries.stocktakings_for(request.user), number=number)
    form = CancelForm(request.POST)
    if form.is_valid():
        act(form, actions.cancel, stocktaking=taking, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return _page(request, taking, status=422, cancel_form=form)
    messages.success(request, _("Cancelled."))
    return redirect(taking)

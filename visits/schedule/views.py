from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conduct.base.access import get_or_404, require
from conduct.base.forms import act
from conduct.base.paging import keyset
from conduct.people.access import Permission
from visits.orders.queries import order_page, ticket_photos

from . import actions, forms, lists
from .queries import asked_again, visit_page, visits_for, visits_of_order
from .states import VisitState


@login_required
def visit_list(request):
    require(request.user, Permission.SEE_VISITS)
    visits = lists.rows_of(lists.filtered(visits_for(request.user), request.GET))
    page = keyset(visits, request)
    lists.with_words(page.rows)
    context = {"page": page, "states": VisitState.choices, "query": request.GET, "engineers": lists.engineer_choices()}
    return render(request, "visits/schedule/list.html", context)


@login_required
def order(request, number):
    """A work order with its visits, and the form that proposes one."""
    shown = get_or_404(order_page(request.user).select_related("ticket_link__ticket"), number=number)
    form = forms.ProposeForm(request.POST or None, order=shown) if request.user.may(Permission.PLAN_VISITS) else None
    if request.method == "POST":
        require(request.user, Permission.PLAN_VISITS)
        if form.is_valid() and _propose(request, shown, form):
            return redirect(shown)
    visits = visits_of_order(shown).filter(pk__in=visits_for(request.user))
    context = {"order": shown, "form": form, "visits": visits, "scope": shown.scope.all(), "ticket_photos": ticket_photos(shown)}
    context |= {"equipment": shown.equipment.order_by("number"), "skills": shown.skills.all(), "certified": shown.certified.all()}
    context["asked_again"] = asked_again(shown)
    return render(request, "visits/schedule/order.html", context, status=422 if form and form.errors else 200)


def _propose(request, order, form):
    visit = act(form, actions.plan_and_propose, order=order, by=request.user, at=timezone.now(), **form.cleaned_data)
    if visit:
        messages.success(
            request, _("%(engineer)s is asked for %(number)s.") % {"engineer": visit.engineer, "number": visit.number}
        )
    else:
        form.knows(order)
    return visit


def _move(request, number, permission, form_of, action, done):
    """One move of an appointment: the form is checked, the action decides, the person is told."""
    visit = get_or_404(visit_page(request.user), number=number)
    require(request.user, permission, visit)
    form = form_of(request.POST, visit)
    if form.is_valid():
        doing = partial(_returning, action)
        if act(form, doing, visit=visit, by=request.user, at=timezone.now(), **form.cleaned_data):
            messages.success(request, done)
            return redirect(visit)
    return render(request, "visits/schedule/move.html", {"visit": visit, "form": form}, status=422)


def _returning(action, *, visit, **facts):
    action(visit=visit, **facts)
    return visit


def _plain(form_class):
    return lambda data, visit: form_class(data)


def _zoned(form_class):
    return lambda data, visit: form_class(data, zone=visit.order.site.time_zone)


@login_required
@require_POST
def propose(request, number):
    done = _("The engineer is asked again.")
    return _move(request, number, Permission.PLAN_VISITS, _zoned(forms.ReproposeForm), actions.repropose, done)


@login_required
@require_POST
def confirm(request, number):
    done = _("Confirmed. The visit record is ready to take along.")
    return _move(request, number, Permission.ANSWER_VISITS, _plain(forms.MoveForm), actions.confirm, done)


@login_required
@require_POST
def decline(request, number):
    done = _("Declined. Headquarters sees why.")
    return _move(request, number, Permission.ANSWER_VISITS, _plain(forms.DeclineForm), actions.decline, done)


@login_required
@require_POST
def counter(request, number):
    done = _("Headquarters is asked for the other time.")
    return _move(request, number, Permission.ANSWER_VISITS, _zoned(forms.CounterForm), actions.counter, done)


@login_required
@require_POST
def accept_counter(request, number):
    done = _("The engineer's time is agreed; the visit is confirmed.")
    return _move(request, number, Permission.PLAN_VISITS, _plain(forms.Form), actions.accept_counter, done)


@login_required
@require_POST
def cancel(request, number):
    done = _("Cancelled.")
    return _move(request, number, Permission.PLAN_VISITS, _plain(forms.CancelForm), actions.cancel, done)


@login_required
@require_POST
def missed(request, number):
    done = _("Noted as missed.")
    return _move(request, number, Permission.PLAN_VISITS, _plain(forms.Form), actions.mark_missed, done)

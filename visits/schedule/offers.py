"""The moves that a person may make with an appointment now, each with its form."""

from django.utils.translation import gettext_lazy as _

from conduct.people.access import Permission

from . import forms
from .states import VisitState


def offers(visit, user, at):
    """[{name, label, form, look, note}, …]; `name` is the move's address."""
    found = []
    zone, state = visit.order.site.time_zone, visit.state
    version = {"plan_version": visit.plan_version}
    if user.may(Permission.ANSWER_VISITS, visit) and state == VisitState.PROPOSED:
        found += [
            _offer("confirm", _("Accept"), forms.MoveForm(initial=version), "btn-primary"),
            _offer("counter", _("Ask for another time"), forms.CounterForm(initial=version, zone=zone)),
            _offer("decline", _("Decline"), forms.DeclineForm(initial=version)),
        ]
    if user.may(Permission.PLAN_VISITS, visit):
        if state == VisitState.COUNTERED:
            wished = {"planned_start": visit.counter_start, "planned_end": visit.counter_end}
            found += [
                _offer("accept_counter", _("Agree to the engineer's time"), forms.Form(), "btn-primary"),
                _offer("propose", _("Propose another time"), forms.ReproposeForm(initial=wished, zone=zone)),
            ]
        if VisitState.CANCELLED in visit.TRANSITIONS[state]:
            found.append(_offer("cancel", _("Cancel the visit"), forms.CancelForm(), "btn-ghost-danger"))
        if state == VisitState.CONFIRMED and at >= visit.planned_end:
            found.append(_offer("missed", _("Nobody came"), forms.Form()))
    return found


def _offer(name, label, form, look=""):
    asks = any(not field.is_hidden for field in form)
    return {"name": f"schedule:{name}", "label": label, "form": form, "look": look, "asks": asks}

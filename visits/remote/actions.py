from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import DomainError
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.queries import people_with_role
from conduct.trail import actions as trail

from .models import RemoteCase, RemoteContact
from .states import CaseState


@transaction.atomic
def hand_over(*, visit, wanted, means, contact, by, at):
    """Give what remains to the online engineers, with the visit and its papers. Raises DomainError before the engineer was there."""
    if not visit.record_number:
        raise DomainError(_("There is no record yet that could be handed over."))
    number = next_number("RS", day_of(at, visit.order.site.time_zone).year)
    facts = {"wanted": wanted, "means": means, "contact": contact, "handed_over_at": at, "handed_over_by": by}
    case = RemoteCase.objects.create(number=number, visit=visit, **facts)
    trail.note(verb="remote.handed_over", subject=case, by=by, at=at, visit=visit.number)
    _tell(case, set(people_with_role(Role.ONLINE_ENGINEER)) - {by}, "remote.handed_over", at, who=by.name)
    return case


@transaction.atomic
def take(*, case, by, at):
    """Whoever takes it is its owner until it is closed. Raises ForbiddenMove when a colleague was faster."""
    move(case, CaseState.TAKEN, owner=by)
    trail.note(verb="remote.taken", subject=case, by=by, at=at, visit=case.visit.number)
    _tell(case, {case.handed_over_by} - {by}, "remote.taken", at, who=by.name)


@transaction.atomic
def give_back(*, case, reason, by, at):
    """Its owner cannot go on: it waits for another online engineer."""
    _require_owner(case, by)
    move(case, CaseState.WAITING, owner=None)
    trail.note(verb="remote.given_back", subject=case, by=by, at=at, reason=reason)
    _tell(case, set(people_with_role(Role.ONLINE_ENGINEER)) - {by}, "remote.handed_over", at, who=by.name)


@transaction.atomic
def note(*, case, means, text, minutes, by, at):
    """Note that the customer was spoken or written to. Raises DomainError when the case is not this person's."""
    _require_owner(case, by)
    RemoteContact.objects.create(case=case, means=means, text=text, minutes=minutes, at=at, by=by)
    trail.note(verb="remote.noted", subject=case, by=by, at=at, kind=means, minutes=minutes)


@transaction.atomic
def close(*, case, solved, result, by, at):
    """Say how it ended. Who handed it over, the engineer and the dispatchers are told."""
    _require_owner(case, by)
    move(case, CaseState.CLOSED, solved=solved, result=result, closed_at=at)
    trail.note(verb="remote.closed", subject=case, by=by, at=at, visit=case.visit.number, solved=solved)
    people = {case.handed_over_by, case.visit.engineer.staff, *people_with_role(Role.DISPATCHER)} - {by}
    _tell(case, people, "remote.closed", at, result=result[:200])


@transaction.atomic
def reopen(*, case, reason, by, at):
    """The customer asks again: its owner goes on."""
    move(case, CaseState.TAKEN, solved=None, closed_at=None)
    trail.note(verb="remote.reopened", subject=case, by=by, at=at, reason=reason, result=case.result)
    _tell(case, {case.owner} - {by}, "remote.reopened", at, reason=reason[:200])


def _require_owner(case, by):
    if case.owner_id != by.pk:
        raise DomainError(
            _("%(who)s takes care of this case.") % {"who": case.owner} if case.owner_id else _("Take the case first.")
        )


def _tell(case, people, code, at, **facts):
    facts |= {"customer": case.visit.order.customer.name}
    tell(to=people, code=code, about=case.number, url=case.get_absolute_url(), at=at, **facts)

"""The policy of the quadrants: a change is a new version, from its moment on. Deadlines that were given stay as they are."""

from django.db import transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.trail import actions as trail
from conduct.workdays.actions import refuse_unworkable
from conduct.workdays.queries import calendar_of

from .models import QuadrantRule, RepairPolicy, RepairTicket
from .queries import current_policy
from .settling import key_of
from .states import Quadrant

AT_ONCE = 500


@transaction.atomic
def change_policy(*, rules, by, at, **facts):
    """Put a new version in force. `rules` is {quadrant: (answer minutes, finish minutes, calendar code)}, all four of them.

    The queue is put into its new order. Raises DomainError for a policy that nobody could meet: no time at all, an end
    before the answer, a calendar without working hours.
    """
    for quadrant in Quadrant.values:
        _check(quadrant, *rules[quadrant])
    before = current_policy()
    policy = RepairPolicy.objects.create(version=before.version + 1 if before else 1, made_at=at, made_by=by, **facts)
    QuadrantRule.objects.bulk_create(
        QuadrantRule(policy=policy, quadrant=quadrant, answer_minutes=answer, finish_minutes=finish, calendar=calendar)
        for quadrant, (answer, finish, calendar) in rules.items()
    )
    if before is None or before.teaching_first != policy.teaching_first:
        _order_anew(policy)
    trail.note(verb="repair_policy.changed", subject=policy, by=by, at=at, version=policy.version, reason=policy.reason)
    return policy


def _check(quadrant, answer, finish, calendar):
    if answer <= 0 or finish < answer:
        message = _("Finishing cannot be due before answering, and no time at all cannot be kept.")
        raise DomainError(message, field=f"finish_{quadrant}")
    try:
        refuse_unworkable(calendar_of(calendar))
    except LookupError as error:
        raise DomainError(_("There is no such calendar."), field=f"calendar_{quadrant}") from error
    except DomainError as error:
        raise DomainError(error.message, field=f"calendar_{quadrant}") from error


def _order_anew(policy):
    rows = list(RepairTicket.objects.exclude(queue_key=None))
    for ticket in rows:
        ticket.queue_key = key_of(ticket, policy)
    RepairTicket.objects.bulk_update(rows, ["queue_key"], batch_size=AT_ONCE)

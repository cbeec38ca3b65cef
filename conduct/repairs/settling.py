"""What follows from every step of a ticket: its place in the queue, the next word of its deadline, the month's figures."""

from .counting import post
from .models import QuadrantRule, RepairPolicy, RepairTicket, StepTaken
from .order import class_of, moments, queue_key
from .policy import DEFAULTS
from .queries import current_policy
from .states import TeachingFirst


def policy_in_force(*, at):
    """The last policy; the first time anybody asks, the one that we start with is made."""
    policy = current_policy()
    if policy is None:
        policy, is_new = RepairPolicy.objects.get_or_create(version=1, defaults={"made_at": at})
        if is_new:
            QuadrantRule.objects.bulk_create(
                QuadrantRule(policy=policy, quadrant=quadrant, answer_minutes=answer, finish_minutes=finish)
                for quadrant, (answer, finish) in DEFAULTS.items()
            )
    return policy


def policy_given(ticket, *, at):
    """The policy that the ticket's deadline was given under; the one in force when it has none yet."""
    given = ticket.deadlines.select_related("policy").order_by("-version").first()
    return given.policy if given and given.policy else policy_in_force(at=at)


def rule_for(ticket, policy):
    return policy.rules.select_related("policy").get(quadrant=ticket.quadrant)


def key_of(ticket, policy):
    """Where the ticket stands in the queue, or None when nobody has to work on it."""
    if not ticket.is_open:
        return None
    place = class_of(
        quadrant=ticket.quadrant,
        is_teaching=ticket.is_teaching,
        teaching_over_all=policy.teaching_first == TeachingFirst.OVER_ALL,
        has_drifted=ticket.grew_urgent_at is not None,
        is_paused=ticket.paused_since is not None,
    )
    return queue_key(place, ticket.finish_due_at or ticket.reported_at)


def steps_ahead(ticket, policy):
    """[(moment, deadline, step), …] that nobody has been told of yet, in order; none while a pause holds the clock."""
    if not ticket.is_open or ticket.paused_since or not ticket.finish_due_at:
        return []
    taken = set(StepTaken.objects.filter(ticket=ticket, version=ticket.seen_version).values_list("deadline", "step"))
    spans = {"finish": (ticket.finish_soon_at, ticket.finish_due_at)}
    if ticket.taken_at is None:
        spans["answer"] = (ticket.answer_soon_at, ticket.answer_due_at)
    found = [
        (moment, name, step)
        for name, (soon_at, due_at) in spans.items()
        for step, moment in moments(soon_at=soon_at, due_at=due_at, late_hours=policy.late_hours).items()
        if (name, step) not in taken
    ]
    return sorted(found)


def settle(ticket, *, at):
    """Call at the end of every verb, in its transaction."""
    policy = policy_in_force(at=at)
    ahead = steps_ahead(ticket, policy)
    ticket.queue_key = key_of(ticket, policy)
    ticket.next_step_at = ahead[0][0] if ahead else None
    RepairTicket.objects.filter(pk=ticket.pk).update(queue_key=ticket.queue_key, next_step_at=ticket.next_step_at)
    post(ticket)

"""The board's verbs for visits that exist: move, take back, publish."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.trail import actions as trail

from . import actions, telling
from .booking import taking_time_of
from .decision import decide_again, overrule
from .models import Visit
from .moving import advance, contribute, leave
from .plans import FACTS, differs_from_agreed, replan, traits_of
from .queries import last_move_of, planned_last, stack_of, usual_identity
from .states import VisitState

UNTOLD = (VisitState.PLANNED,)
ASKED = (VisitState.PROPOSED, VisitState.COUNTERED)


@transaction.atomic
def shift(*, visit, engineer, planned_start, planned_end, plan_version, state="", reason="", by, at):
    """Another time, length or engineer. Returns the visit that stands in the plan now.

    One that nobody was told of moves quietly; one that was proposed is proposed anew; a confirmed one is cancelled with the
    reason, and a visit that follows it is proposed. Nothing but what was moved changes. Raises Conflicted, AlreadyBooked, and
    ForbiddenMove when the board was stale.
    """
    visit = _locked(visit)
    refuse_stale(visit, plan_version, state)
    if (engineer.pk, planned_start, planned_end) == (visit.engineer_id, visit.planned_start, visit.planned_end):
        return visit
    actions.check_times(planned_start, planned_end, at)
    found = decide_again(visit, engineer, planned_start, planned_end, reason, at)
    plan = {"planned_start": planned_start, "planned_end": planned_end}
    if visit.state == VisitState.CONFIRMED:
        visit = _follow(visit, engineer, plan, reason, by, at)
    elif visit.state in (*UNTOLD, *ASKED):
        _move(visit, engineer, plan, by, at)
    else:
        raise ForbiddenMove(_("%(visit)s is “%(state)s” and stays where it is.") % _names(visit))
    overrule(visit, found, reason, by, at)
    return visit


def _move(visit, engineer, plan, by, at):
    before, was_told = visit.engineer, visit.state in ASKED
    if engineer.pk != visit.engineer_id:
        plan |= {"engineer": engineer, "traits": traits_of(visit.order, engineer), **usual_identity(engineer, visit.order)}
        plan |= {"told_version": visit.plan_version + 1} if was_told else {}
    with taking_time_of(engineer, plan["planned_start"], plan["planned_end"], besides=visit):
        replan(visit, by, at, **plan)
    trail.note(verb="visit.moved", subject=visit, by=by, at=at, plan_version=visit.plan_version, engineer=engineer.number)
    if not was_told:
        return
    if before.pk != engineer.pk:
        telling.told(visit, "visit.withdrawn", at, engineer=before)
    if visit.state == VisitState.COUNTERED:
        advance(visit, VisitState.PROPOSED)
    trail.note(verb="visit.proposed", subject=visit, by=by, at=at, plan_version=visit.plan_version)
    telling.asked(visit, at)


def _follow(visit, engineer, plan, reason, by, at):
    """What was agreed is called off, not rewritten: the confirmed visit ends and another one follows it."""
    if not reason.strip():
        raise DomainError(_("This visit is confirmed. Say why it is moved: the engineer reads it."), field="reason")
    actions.cancel(visit=visit, cancel_reason=reason.strip()[:300], by=by, at=at)
    identity = {"identity_name": visit.identity_name, "identity_capacity": visit.identity_capacity}
    if engineer.pk != visit.engineer_id:
        identity = usual_identity(engineer, visit.order)
    scope = list(visit.scope.all())
    following = actions.plan(
        order=visit.order, engineer=engineer, scope=scope, previous=visit, by=by, at=at, **identity, **plan
    )
    actions.propose(visit=following, by=by, at=at)
    differs_from_agreed(following, by, at)
    return following


@transaction.atomic
def undo(*, named="", by, at):
    """Take back this person's last move of a visit that nobody was told of. Returns the visit.

    A plan that was new goes altogether. Raises ForbiddenMove when there is none or it is not the one `named` ("V-2026-000123/2", as the
    board showed it), and Conflicted when its place is taken.
    """
    version = last_move_of(by, at)
    if version is None:
        raise ForbiddenMove(_("There is nothing to take back: everything of yours was published or changed by others."))
    visit = _locked(version.visit)
    stack = stack_of(visit)
    if visit.state not in UNTOLD or not stack or stack[-1].pk != version.pk or named not in ("", version.name):
        raise ForbiddenMove(_("Somebody was faster: %(visit)s changed meanwhile.") % {"visit": visit})
    if len(stack) == 1:
        _unplan(visit)
    else:
        before = stack[-2]
        found = decide_again(visit, before.engineer, before.planned_start, before.planned_end, "…", at)
        plan = {name: getattr(before, name) for name in FACTS}
        replan(visit, by, at, undoes=version.version, traits=traits_of(visit.order, before.engineer), **plan)
        overrule(visit, found, "", by, at)  # the reason for them was given then
    trail.note(verb="visit.undone", subject=visit, by=by, at=at, plan_version=version.version)
    return visit


def _unplan(visit):
    """It was never told to anybody, so that the month does not count it as cancelled."""
    leave(visit)
    contribute(visit, "overruled", {})
    move(visit, VisitState.CANCELLED, cancel_reason=_("Taken back before anybody was told."))


def publish(*, visits, reason="", by, at):
    """Ask the engineers of planned visits, each in a transaction of its own: [(visit, None or why not), …]."""
    return [(visit, _publish(visit, reason, by, at)) for visit in visits]


def _publish(visit, reason, by, at):
    try:
        with transaction.atomic():
            visit = _locked(visit)
            actions.check_times(visit.planned_start, visit.planned_end, at)
            found = decide_again(visit, visit.engineer, visit.planned_start, visit.planned_end, reason or _given(visit), at)
            actions.propose(visit=visit, by=by, at=at)
            if reason:
                overrule(visit, found, reason, by, at)
    except DomainError as error:
        return error.message
    return None


def _given(visit):
    """The reason for soft conflicts, given when it was planned; what became impossible meanwhile is refused all the same.

    None once the engineer has declined the order since: that "no" was not known then.
    """
    declined = visit.order.visits.filter(engineer=visit.engineer, state=VisitState.DECLINED, declined_at__isnull=False)
    planned_at = visit.plan_versions.order_by("-version").values_list("at", flat=True)[0]
    return "" if declined.filter(declined_at__gt=planned_at).exists() else "…"


def refuse_stale(visit, plan_version, state=""):
    """Raises ForbiddenMove that says who changed what, unless the board showed what is true now."""
    if plan_version == visit.plan_version and state in ("", visit.state):
        return
    last = planned_last(visit)
    facts = {
        "who": last.by or _("the system"), "at": f"{timezone.localtime(last.at):%H:%M}", "engineer": last.engineer,
        "start": f"{timezone.localtime(last.planned_start):%m-%d %H:%M}", "end": f"{timezone.localtime(last.planned_end):%H:%M}",
    }  # fmt: skip
    raise ForbiddenMove(
        _("Your board was older than the plan. %(visit)s is “%(state)s”; %(who)s planned it at %(at)s: %(engineer)s, %(start)s–%(end)s. Nothing was changed.")
        % (facts | _names(visit))
    )


def _names(visit):
    return {"visit": visit.number, "state": visit.get_state_display()}


def _locked(visit):
    """The row as it is now, and nobody else changes it before this transaction ends."""
    rows = Visit.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("order__customer", "order__site", "engineer__staff").get(pk=visit.pk)

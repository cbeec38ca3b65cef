"""What one visit's page shows: the whole journey, and what this person may do about it."""

from conduct.checklists.queries import exceptions_of
from conduct.people.access import Permission
from conduct.rules.queries import to_read
from conduct.rules.states import Trait
from conduct.trail.queries import trail_of
from visits.breaches.queries import violations_of
from visits.complaints.queries import complaints_of
from visits.delivery.queries import deliveries_of
from visits.documents.queries import documents_of
from visits.escalations.queries import may_answer
from visits.handwriting.queries import hints_of
from visits.informing.queries import notices_of
from visits.invitations.queries import invitations_of, with_standing
from visits.invitations.states import Standing
from visits.orders.queries import ticket_photos
from visits.papers.queries import papers_of
from visits.points.queries import matters_of
from visits.postponements.queries import postponements_of
from visits.presence.queries import may_open
from visits.promises.queries import promises_of
from visits.records.clock import doubts
from visits.records.clock_words import in_words
from visits.records.kinds import LABELS
from visits.records.leaving import lacking
from visits.records.models import Entry, Record
from visits.replies.queries import replies_of
from visits.schedule.offers import offers
from visits.schedule.queries import plans_shown
from visits.schedule.states import VisitState
from visits.signoff.queries import sign_offs_of
from visits.trips.queries import trips_of

from .lines import line_of
from .queries import entries_of

QUESTION = ("number", "visit_id", "kind", "text", "asked_at", "due_at", "answer", "answered_at", "asked_by__name", "answered_by__name", "told__payload", "told__received_at")
PLAN = ("visit_id", "version", "planned_start", "planned_end", "engineer__staff__name", "by__name")


def context(shown, user, at):
    record = getattr(shown, "record", None) or Record(visit=shown)
    entries, sign_offs = list(entries_of(shown)), list(sign_offs_of(shown))
    _mark_covered(entries, sign_offs)
    return {
        "visit": shown,
        "offers": offers(shown, user, at),
        "unread": _unread(shown, user),
        "versions": plans_shown(shown, user).select_related("engineer__staff", "by").only(*PLAN),
        **_project(shown, user),
        "record": record,
        "scope": _scope(shown, record.facts),
        "ticket_photos": ticket_photos(shown.order) if shown.has_ticket_photos else (),
        "entries": _shown(entries),
        **_to_hear(shown),
        "questions": _questions(shown, user, at),
        "change": getattr(shown, "change_approval", None),
        "may_change": user.may(Permission.PREPARE_CHANGES, shown) and "production_change" in shown.traits,
        "points": matters_of(shown) if shown.has_points and user.may(Permission.SEE_PROMISES) else (),
        "now": at,
        "promises": promises_of(shown) if shown.has_promises and user.may(Permission.SEE_PROMISES) else (),
        "scope_changes": shown.scope_changes.select_related("decided_by", "order") if shown.has_scope_changes else (),
        "waivers": _waivers(shown) if shown.has_waivers else (),
        "documents": documents_of(shown, user) if shown.has_documents else (),
        "trips": trips_of(shown, user) if shown.has_trips else (),
        "may_set_out": _may_set_out(shown, user),
        "remote_cases": shown.remote_cases.select_related("owner") if shown.has_remote_cases else (),
        "exceptions": _exceptions(shown),
        "sign_offs": sign_offs,
        **_links(shown, user, at),
        "postponements": postponements_of(shown.order) if shown.has_postponements else (),
        "papers": papers_of(shown, user),
        "deliveries": deliveries_of(shown),
        "follow_up": getattr(shown, "follow_up", None),
        "hints": hints_of(sign_offs) if shown.has_hints and (user.may(Permission.FOLLOW_UP) or user.may(Permission.RULE_VIOLATIONS)) else (),
        "violations": violations_of(shown, user) if shown.has_violations and user.may(Permission.SEE_VIOLATIONS) else (),
        "complaints": complaints_of(shown) if shown.has_complaints and user.may(Permission.REGISTER_COMPLAINTS) else (),
        "replies": replies_of(shown) if shown.has_replies and user.may(Permission.WRITE_REPLIES) else (),
        "may_judge": user.may(Permission.RAISE_VIOLATIONS) and not shown.is_own(user),
        "events": trail_of(shown)[:40] if user.may(Permission.PLAN_VISITS) else (),
        "is_own": shown.is_own(user),
    }


def _unread(visit, user):
    """How many principles of the visit's edition its engineer reads before accepting."""
    asked = visit.state == VisitState.PROPOSED and visit.edition_id and visit.is_own(user)
    return to_read(visit.edition, user).count() if asked else 0


def _project(visit, user):
    link = getattr(visit.order, "project_link", None)
    return {"project": link and link.project, "may_open_project": link and may_open(link.project, user)}


def _may_set_out(visit, user):
    """Away from home, agreed on, and not on a trip yet."""
    begins = visit.state in (VisitState.CONFIRMED, VisitState.ON_SITE, VisitState.FINISHED) and not visit.has_trips
    return begins and Trait.TRIP in visit.traits and user.may(Permission.KEEP_TRIPS, visit)


def _to_hear(visit):
    """What the customer has to be told, and whether any of it was not yet."""
    rows = list(notices_of(visit)) if visit.has_customer_notices else []
    return {"customer_notices": rows, "untold": any(row.is_untold for row in rows)}


def _questions(visit, user, at):
    """Each with `may_answer`: whether it is this person's to answer."""
    rows = visit.site_questions.select_related("asked_by", "answered_by", "told").only(*QUESTION) if visit.has_questions else ()
    for row in rows:
        row.may_answer = row.answered_at is None and may_answer(user, row, at)
    return rows


def _links(visit, user, at):
    """The links by which the customer may sign elsewhere, and whether this person may send one."""
    rows = with_standing(invitations_of(visit), at) if visit.has_invitations else []
    waits = any(row.standing in Standing.WAITING for row in rows)
    may_invite = visit.state == VisitState.FINISHED and user.may(Permission.SEND_SIGNING_LINK, visit)
    return {"invitations": rows, "link_waits": waits, "may_invite": may_invite}


def _scope(visit, facts):
    items = visit.scope.order_by("position")
    return [(item, facts["results"].get(str(item.position)), facts["confirmations"].get(str(item.position))) for item in items]


def _waivers(visit):
    """Each with the item that is not delivered; its text is empty when headquarters has taken it out since."""
    rows, texts = list(visit.waivers.select_related("decided_by")), dict(visit.scope.values_list("position", "text"))
    for row in rows:
        row.text = texts.get(row.position, "")
    return rows


def _mark_covered(entries, sign_offs):
    """How much of the record each signature stands on, and which entries the one that counts leaves out."""
    accepted = {str(row.pk) for row in entries if row.state == Entry.State.ACCEPTED}
    for row in sign_offs:
        row.covered = len(accepted.intersection(row.covers))
        row.left_out = len(accepted.difference(row.covers))
    counting = [row for row in sign_offs if row.counts]
    for entry in entries:
        entry.is_left_out = bool(counting) and str(entry.pk) not in counting[-1].covers


def _shown(entries):
    rows = [row for row in entries if row.kind != "answer"]
    for row in rows:
        row.label = LABELS.get(row.kind, row.kind)
        row.text = line_of(row)
        row.is_alone = bool(row.kind == "left_site" and row.text and lacking(row.payload))
        row.doubts = in_words(doubts(row.stamp))
    return rows


def _exceptions(visit):
    """Rules that were not answered with a plain yes."""
    linked = getattr(visit, "visit_checklist", None)
    if linked is None:
        return []
    return exceptions_of(linked.checklist)

"""What is done with the rows of a kind whose term has ended. Each is called in a transaction with at most a hundred rows."""

from conduct.attendance import erasing as attendance
from conduct.attendance.models import ClockEntry
from conduct.base.errors import DomainError
from conduct.checklists import erasing as checklists
from conduct.files.actions import discard
from conduct.notices import erasing as notices
from conduct.outbox import erasing as outbox
from conduct.outbox.models import Delivery
from conduct.repairs import erasing as repairs
from conduct.trail import actions as trail
from conduct.violations import erasing as violations
from visits.changes import erasing as changes
from visits.complaints import erasing as complaints
from visits.documents import erasing as documents
from visits.escalations import erasing as escalations
from visits.followup import erasing as followup
from visits.handwriting import erasing as handwriting
from visits.imports import erasing as imports
from visits.informing import erasing as informing
from visits.invitations import erasing as invitations
from visits.papers import erasing as papers
from visits.permits import erasing as permits
from visits.points import erasing as points
from visits.postponements import erasing as postponements
from visits.promises import erasing as promises
from visits.records import erasing as records
from visits.records.models import VisitChecklist
from visits.remote import erasing as remote
from visits.replies import erasing as replies
from visits.signoff import erasing as signoff
from visits.signoff.models import SignOff
from visits.trips import erasing as trips
from visits.waivers import erasing as waivers


def _records(rows, by, at):
    """A visit's signatures go one by one; with the last of them goes what was written on site."""
    count = 0
    for sign_off in rows:
        files = [*papers.let_go(sign_off=sign_off), *signoff.erase(sign_off=sign_off, at=at)]
        receipts = Delivery.objects.filter(origin="paper", reference=sign_off.statement["number"])
        visit = sign_off.visit
        if not SignOff.objects.filter(visit=visit, erased_at=None).exists():
            files += _what_was_written(visit)
            outbox.blank(deliveries=receipts)
            trail.note(verb="visit.erased", subject=visit, by=by, at=at)
        discard(stored=files)
        count += 1
    return count


def _what_was_written(visit):
    files = records.erase_entries(visit=visit)
    files += checklists.blank_answers(checklists=VisitChecklist.objects.filter(visit=visit).values("checklist"))
    files += [file for file in changes.blank_changes(visit=visit) if file not in files]
    escalations.blank_questions(visit=visit)
    informing.blank_notices(visit=visit)
    points.blank_points(visit=visit)
    promises.blank_promises(visit=visit)
    waivers.blank_waivers(visit=visit)
    remote.blank_cases(visit=visit)
    handwriting.blank_hands(visit=visit)
    followup.blank_calls(visit=visit)
    invitations.blank_recipients(visit=visit)
    return files


def _people(erase, name):
    """One by one through the same door as by hand; whoever still has something open is left for the next day."""

    def act(rows, by, at):
        from . import actions

        count = 0
        for row in rows:
            try:
                getattr(actions, erase)(**{name: row}, reason="", by=by, at=at)
                count += 1
            except DomainError:
                continue
        return count

    return act


def _hours(rows, by, at):
    if rows.model is ClockEntry:
        return attendance.drop_hours(hours=rows)
    return attendance.blank_leaves(leaves=rows)


def _postponements(rows, by, at):
    invitations.blank_recipients(postponement__in=list(rows))
    return postponements.blank(postponements=rows)


def _replies(rows, by, at):
    count, files = replies.blank(replies=rows, at=at)
    discard(stored=files)
    return count


def _violations(rows, by, at):
    count, files = violations.blank(violations=rows)
    discard(stored=files)
    return count


def _documents(rows, by, at):
    count, files = documents.blank(documents=rows)
    discard(stored=files)
    return count


def _trips(rows, by, at):
    count, files = trips.blank(trips=rows, at=at)
    discard(stored=files)
    return count


ERASE = {
    "records": _records,
    "postponements": _postponements,
    "replies": _replies,
    "complaints": lambda rows, by, at: complaints.blank(complaints=rows, at=at),
    "contacts": _people("erase_contact", "contact"),
    "staff": _people("erase_staff", "staff"),
    "hours": _hours,
    "violations": _violations,
    "reporters": lambda rows, by, at: repairs.blank_reporters(tickets=rows),
    "permits": lambda rows, by, at: permits.blank(packs=rows),
    "documents": _documents,
    "trips": _trips,
    "imports": lambda rows, by, at: imports.blank_sheets(sheets=rows),
    "notices": lambda rows, by, at: notices.drop(notices=rows),
    "letters": lambda rows, by, at: outbox.blank(deliveries=rows),
}

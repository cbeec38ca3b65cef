import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.base.days import day_of, iso_minutes
from conduct.base.errors import ForbiddenMove
from conduct.base.numbers import next_number
from conduct.company.queries import company
from conduct.notices.actions import tell
from conduct.people.access import Permission
from conduct.people.queries import people_who_may
from conduct.trail import actions as trail
from visits.points import actions as points

from .models import SiteQuestion
from .queries import asked_of

# What the house was asleep for is still said within a day; older questions stand in the list.
CATCH_UP = datetime.timedelta(days=1)


@transaction.atomic
def ask(*, entry, by, at):
    """Put the question of an entry before headquarters: its clock runs, and whose it is hears of it."""
    question = SiteQuestion.objects.create(
        number=next_number("Q", day_of(at, entry.visit.order.site.time_zone).year),
        visit=entry.visit,
        entry=entry,
        kind=entry.payload["question_kind"],
        text=entry.payload["text"],
        asked_at=at,
        asked_by=by,
        due_at=at + datetime.timedelta(minutes=company().answer_minutes),
    )
    trail.note(verb="question.asked", subject=question, by=by, at=at, visit=entry.visit.number, kind=question.kind)
    _tell(question, set(asked_of(question.kind)) - {by}, "question.asked", at, who=by.name)
    return question


@transaction.atomic
def note_told(*, entry, by, at):
    """The engineer notes what somebody at headquarters answered by telephone: headquarters is asked to confirm it.

    Where it was answered in writing meanwhile, that stands, and the note stays in the record.
    """
    said = entry.payload
    open_one = SiteQuestion.objects.filter(visit=entry.visit, entry_id=said["question"], answered_at=None)
    if not open_one.update(told=entry):
        return
    question = open_one.select_related("visit__order__customer").get()
    trail.note(verb="question.told", subject=question, by=by, at=at, visit=entry.visit.number, name=said["answered_name"])
    _tell(question, set(asked_of(question.kind)) - {by}, "question.told", at, who=by.name, whom=said["answered_name"])


def record_page(visit):
    return reverse("records:record", args=[visit.number])


@transaction.atomic
def answer(*, question, answer, by, at):
    """Answer it, once. Raises ForbiddenMove when a colleague was faster."""
    open_one = SiteQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not open_one.update(answer=answer, answered_by=by, answered_at=at):
        question.refresh_from_db()
        raise ForbiddenMove(_("%(who)s has answered already.") % {"who": question.answered_by})
    tell(to=question.asked_by, code="question.answered", about=question.visit.number, url=record_page(question.visit), at=at)
    points.answered(entry=question.entry, answer=answer, by=by, at=at)
    trail.note(verb="question.answered", subject=question, by=by, at=at, visit=question.visit.number)


@transaction.atomic
def remind(*, at):
    """Everybody who may answer hears once of a question that nobody answered in time."""
    late = SiteQuestion.objects.filter(answered_at=None, told=None, due_at__lte=at, due_at__gte=at - CATCH_UP)
    for question in late.select_related("visit__order__customer", "visit__order__site", "asked_by"):
        since = iso_minutes(question.asked_at, question.visit.order.site.time_zone)[11:16]
        people = people_who_may(Permission.ANSWER_QUESTIONS)
        _tell(question, people, "question.late", at, once=f"{question.number}-late", who=question.asked_by.name, since=since)


def _tell(question, people, code, at, **facts):
    facts |= {"customer": question.visit.order.customer.name, "text": question.text[:80]}
    tell(to=people, code=code, about=question.visit.number, url=question.get_absolute_url(), at=at, **facts)

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.base.days import day_of
from conduct.base.errors import ForbiddenMove
from conduct.base.numbers import next_number
from conduct.notices.actions import tell
from conduct.trail import actions as trail
from visits.points import actions as points

from .models import SiteQuestion


@transaction.atomic
def ask(*, entry, by, at):
    """Put the question of an entry before headquarters."""
    question = SiteQuestion.objects.create(
        number=next_number("Q", day_of(at, entry.visit.order.site.time_zone).year),
        visit=entry.visit,
        entry=entry,
        kind=entry.payload["question_kind"],
        text=entry.payload["text"],
        asked_at=at,
        asked_by=by,
    )
    trail.note(verb="question.asked", subject=question, by=by, at=at, visit=entry.visit.number, kind=question.kind)
    return question


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

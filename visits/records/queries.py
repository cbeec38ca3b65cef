from dataclasses import dataclass

from django.db.models import Q

from conduct.checklists.models import Answer, Checklist
from conduct.checklists.queries import all_questions, answers_of, questions, whole_run
from conduct.rules.models import Rule
from visits.changes.queries import change_of, plain
from visits.schedule.models import Visit
from visits.schedule.queries import visit_page

from . import proofs
from .checks import EARLIER
from .models import EntryFile, Record, VisitChecklist
from .projection import unsettled_items


def visits_of_engineer(user):
    """The visits whose record this person may fill: one's own, from confirmation on."""
    return visit_page(user).filter(engineer__staff=user).exclude(record_number=None)


def visits_ever_of(user):
    """The visits whose record this person may fill or once might: what was made on the road is taken in, whatever changed."""
    had = Q(engineer__staff=user) | Q(plan_versions__engineer__staff=user)
    visits = Visit.objects.filter(had).exclude(record_number=None).distinct()
    return visits.select_related("order__customer", "order__site", "order__contact", "engineer__staff", "edition")


def record_of(visit):
    """The record of a visit; an empty one, not saved, before the first entry."""
    return Record.objects.filter(visit=visit).first() or Record(visit=visit)


def positions_of(visit):
    return list(visit.scope.order_by("position").values_list("position", flat=True))


def asked_of(visit):
    """The visit's checklist as it is kept; before the first answer one that is not stored, and None without a code of conduct.

    It asks what the visit is by now: one that turned out to be a production change as well is asked its rules from then on.
    """
    if linked := VisitChecklist.objects.filter(visit=visit).select_related("checklist__edition").first():
        linked.checklist.traits = visit.traits
        return linked.checklist
    return Checklist(edition=visit.edition, traits=visit.traits) if visit.edition_id else None


@dataclass
class Asked:
    """One rule of a visit's whole run: `answer` is the one that counts or None, `note` what the product shows without one.

    Each file of an answer has the address's `entry_file`, or None.
    """

    rule: Rule
    answer: Answer | None
    earlier: list
    note: str | None
    form: object = None


def run_of(visit):
    """[(step, [Asked, …]), …] in the order of a visit."""
    checklist = asked_of(visit)
    if checklist is None:
        return []
    steps = whole_run(checklist)
    shown = shown_by_product(visit, record_of(visit).facts, [question for _step, rows in steps for question, _earlier in rows])
    kept = dict(EntryFile.objects.filter(visit=visit).values_list("file", "pk"))
    for _step, rows in steps:
        for question, earlier in rows:
            for file in (file for answer in [question.answer, *earlier] if answer for file in answer.files.all()):
                file.entry_file = kept.get(file.pk)
    return [(step, [Asked(row.rule, row.answer, earlier, shown.get(row.rule.code)) for row, earlier in rows]) for step, rows in steps]


def stopping(visit, checklist, step, facts):
    """The questions that stop `step`: not answered well, and not shown to be kept by what the product holds itself (proofs.py)."""
    answers = answers_of(checklist) if checklist.pk else {}
    rows = [row for one in (*EARLIER.get(step, ()), step) for row in questions(checklist, one, answers)]
    if step == "sign" and (again := proofs.asked_again(visit.traits, facts)):
        rows += [row for asked in all_questions(checklist, answers).values() for row in asked if row.rule.code in again]
    rows = [row for row in rows if not row.lets_pass]
    found = shown_by_product(visit, facts, rows)
    return [row.rule for row in rows if row.answer or row.rule.code not in found]


def shown_by_product(visit, facts, rows):
    """{rule code: note}; nothing is looked up unless one of the questions `rows` can be shown at all."""
    if not any(row.rule.code in proofs.CODES for row in rows):
        return {}
    return proofs.shown(plain(change_of(visit)), facts)


def lacking_before_sign(visit):
    """(scope positions not settled, rules not answered): both empty when the customer may sign."""
    facts, checklist = record_of(visit).facts, asked_of(visit)
    rules = stopping(visit, checklist, "sign", facts) if checklist else []
    return unsettled_items(facts, positions_of(visit)), rules

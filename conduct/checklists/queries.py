from dataclasses import dataclass

from conduct.people.access import Permission
from conduct.rules.models import Rule
from conduct.rules.queries import rules_before
from conduct.rules.states import Step

from .gates import lets_pass
from .models import Answer


@dataclass
class Question:
    rule: Rule
    answer: Answer | None

    @property
    def lets_pass(self):
        return lets_pass(self.rule.enforce, self.answer and self.answer.given)


def answers_of(checklist):
    """{rule code: current answer}."""
    return {answer.rule_code: answer for answer in checklist.answers.filter(is_current=True)}


def questions(checklist, step, answers=None):
    """The gates and checks before `step`, each with its current answer or None."""
    answers = answers_of(checklist) if answers is None else answers
    return [Question(rule, answers.get(rule.code)) for rule in rules_before(checklist.edition, step, checklist.traits)]


def all_questions(checklist, answers=None):
    """{step: [Question, …]} of every step that asks something, in two queries."""
    answers = answers_of(checklist) if answers is None else answers
    asked = {step: [] for step in Step.values}
    rules = Rule.objects.filter(edition=checklist.edition_id, enforce__in=["gate", "check"])
    for rule in rules:
        if set(rule.when) <= set(checklist.traits):
            asked[rule.before].append(Question(rule, answers.get(rule.code)))
    return {step: rows for step, rows in asked.items() if rows}


def whole_run(checklist):
    """[(step, [(question, earlier answers, the last one first), …]), …] in the order of a visit: all that was asked, all that was answered.

    Three queries; each answer comes with who gave it and its files.
    """
    given = {}
    if checklist.pk:
        for answer in checklist.answers.select_related("by").prefetch_related("files").order_by("-is_current", "-at", "-pk"):
            given.setdefault(answer.rule_code, []).append(answer)
    asked = {step: [] for step in Step}
    for rule in Rule.objects.filter(edition=checklist.edition_id, enforce__in=["gate", "check"]):
        answers = given.get(rule.code, [])
        if answers or set(rule.when) <= set(checklist.traits):
            current = answers[0] if answers and answers[0].is_current else None
            asked[rule.before].append((Question(rule, current), answers[1:] if current else answers))
    return [(step, rows) for step, rows in asked.items() if rows]


def exceptions_of(checklist):
    """The questions that were not answered with a plain yes, in the order of the steps. One query when there are none."""
    answers = {answer.rule_code: answer for answer in checklist.answers.filter(is_current=True).exclude(answer="yes")}
    if not answers:
        return []
    rules = Rule.objects.filter(edition=checklist.edition_id, enforce__in=["gate", "check"], code__in=answers)
    found = [Question(rule, answers[rule.code]) for rule in rules]
    return sorted(found, key=lambda question: Step.values.index(question.rule.before))


def short_answers(checklist, language):
    """[{code, text, answer, note}, …] for the statement, in the catalogue's order."""
    return [
        {
            "code": question.rule.code,
            "text": question.rule.text_in(language),
            "answer": question.answer.answer,
            "note": question.answer.note,
        }
        for rows in all_questions(checklist).values()
        for question in rows
        if question.answer
    ]


def reported_for(user):
    """Answers that headquarters has to see: "no", and gates passed by leave."""
    if not user.may(Permission.ALLOW_GATES):
        return Answer.objects.none()
    return Answer.objects.filter(is_reported=True, is_current=True).select_related("checklist__edition", "by")

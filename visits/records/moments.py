"""Where on the record page a rule matters that is no question of the checklist: above the form that it is about, or while working."""

from django.db.models import Q

from conduct.rules.models import Rule
from conduct.rules.states import Enforcement, Stage

# kind of entry → codes of the rules that stand above its form
MOMENTS = {
    "delay_notice": ("arrive.late_notice",), "arrived": ("arrive.on_time",),
    "question": ("work.ask_hq_technical", "work.ask_hq_business", "work.no_denial"), "hq_answer": ("work.ask_hq_technical", "work.ask_hq_business"),
    "new_need": ("work.scope_only",),
    "result": ("work.no_denial",), "hq_confirmation": ("work.unable_confirmed",), "part": ("work.parts_noted",), "request": ("work.first_asked",),
    "promise": ("work.promises",), "open_point": ("work.same_day", "after.unresolved_tracked"), "note": ("work.no_private_contact",),
    "left_site": ("work.no_leaving",), "change_request": ("change.no_verbal",), "change_emergency": ("change.no_verbal", "change.window"),
    "attendee": ("training.signed",), "assessment": ("training.signed",), "departed": ("signoff.times",),
}  # fmt: skip
NAMED = {code for codes in MOMENTS.values() for code in codes}


def rules_here(visit):
    """{"above": {kind: [wording, …]}, "working": [principle, …]} of the visit's edition, as far as its traits ask for them."""
    principle = Q(enforce=Enforcement.BRIEF, stage=Stage.WORK)
    asked = Rule.objects.filter(principle | Q(code__in=NAMED), edition=visit.edition_id)
    rows = [rule for rule in asked if set(rule.when) <= set(visit.traits)]
    words = {rule.code: rule.text for rule in rows}
    above = {kind: [words[code] for code in codes if code in words] for kind, codes in MOMENTS.items()}
    working = [rule.text for rule in rows if rule.enforce == Enforcement.BRIEF]
    return {"above": {kind: texts for kind, texts in above.items() if texts}, "working": working}

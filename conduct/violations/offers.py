"""What a person may do with a breach: ever (`doors`), and now (`offers`)."""

from conduct.people.access import Permission

from .states import ViolationState

S = ViolationState
OPEN = {
    S.PROPOSED: {"confirm", "evidence", "withdraw"}, S.RAISED: {"answer", "rule", "evidence", "withdraw"},
    S.ANSWERED: {"rule", "evidence", "withdraw"}, S.RULED: {"appeal"}, S.APPEALED: {"settle", "evidence"},
}  # fmt: skip
ORDER = ("answer", "confirm", "rule", "settle", "appeal", "evidence", "withdraw")


def doors(user, violation):
    """The steps that are this person's in any state, so that who comes second is told so."""
    if violation.is_of(user):
        return {"answer", "appeal", "evidence"} if violation.raised_at else set()
    found = {"evidence"} if violation.raised_by_id == user.pk else set()
    if user.may(Permission.RULE_VIOLATIONS):
        found |= {"rule", "settle", "evidence", "withdraw"}
    if user.may(Permission.RAISE_VIOLATIONS):
        found |= {"confirm"} | ({"withdraw"} if violation.state == S.PROPOSED else set())
    return found


def offers(user, violation, standing, at):
    """The steps that can be taken now, in their order. `standing` is the ruling so far, or None."""
    found = doors(user, violation) & OPEN.get(violation.state, set())
    if violation.state == S.RAISED and at <= violation.answer_until:
        found -= {"rule"}
    if violation.state == S.RULED and at > violation.appeal_until:
        found -= {"appeal"}
    if standing and standing.by_id == user.pk:
        found -= {"settle"}
    return [step for step in ORDER if step in found]

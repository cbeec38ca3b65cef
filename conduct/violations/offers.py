"""What a person may do with a breach: ever (`doors`), and now (`offers`)."""

from conduct.people.access import Permission

from .states import ViolationState

S = ViolationState
OPEN = {
    S.PROPOSED: {"confirm", "withdraw"}, S.RAISED: {"answer", "rule", "withdraw"}, S.ANSWERED: {"rule", "withdraw"},
    S.RULED: {"appeal"}, S.APPEALED: {"settle"},
}  # fmt: skip
ORDER = ("answer", "confirm", "rule", "settle", "appeal", "withdraw")


def doors(user, violation):
    """The steps that are this person's in any state, so that who comes second is told so."""
    if violation.is_of(user):
        return {"answer", "appeal"} if violation.raised_at else set()
    found = set()
    if user.may(Permission.RULE_VIOLATIONS):
        found |= {"rule", "settle", "withdraw"}
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

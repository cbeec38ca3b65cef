"""What may be done with an approval form now, by whom, with which form. The page and its POST ask the same table."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from conduct.people.access import Permission

from . import actions
from .forms import AskForm, ReviewForm, SignedForm, WithdrawForm
from .states import ChangeState


@dataclass(frozen=True)
class Offer:
    """One thing that may be done; `done` is what the person is told afterwards."""

    permission: Permission
    form: type
    action: object
    title: str
    done: str


OFFERS = {
    "ask": Offer(
        Permission.PREPARE_CHANGES, AskForm, actions.ask, _("Ask for our approval"), _("Asked. Nothing of the form changes from here on.")
    ),
    "sign": Offer(
        Permission.PREPARE_CHANGES, SignedForm, actions.customer_signed, _("The customer has signed"), _("Noted. It can begin in its window.")
    ),
    "withdraw": Offer(Permission.PREPARE_CHANGES, WithdrawForm, actions.withdraw, _("Withdraw"), _("Withdrawn.")),
    "review": Offer(Permission.REVIEW_CHANGES, ReviewForm, actions.review, _("Review"), _("Reviewed.")),
}
BY_STATE = {
    ChangeState.DRAFT: ("ask", "withdraw"),
    ChangeState.ASKED: ("withdraw",),
    ChangeState.APPROVED: ("sign", "withdraw"),
    ChangeState.READY: ("withdraw",),
}


def verbs(change, user):
    """The names of what this person may do with the form as it stands."""
    possible = BY_STATE.get(change.state, ("review",) if change.needs_review else ())
    return [verb for verb in possible if user.may(OFFERS[verb].permission, change.visit)]


def form_of(verb, change, user, data=None, files=None):
    more = {"visit": change.visit, "asker": user} if verb == "ask" else {}
    return OFFERS[verb].form(data, files, prefix=verb, **more)

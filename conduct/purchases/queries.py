from django.db.models import Q

from conduct.approvals.models import Approval
from conduct.people.access import Permission, sees_all

from .models import Purchase, PurchasePolicy, Quote
from .policy import amount_of, missing_of, tier_of
from .states import PurchaseState

ORIGIN = "purchase"


def purchases_for(user):
    """All of them, or what one asked for, what one's department asks for, and what one is asked to decide."""
    rows = Purchase.objects.select_related("department", "asked_by")
    if sees_all(user, Permission.SEE_PURCHASES):
        return rows
    if not user.may(Permission.SEE_PURCHASES):
        return rows.none()
    asked = Approval.objects.filter(Q(asked_of=user) | Q(decided_by=user), origin=ORIGIN).values("reference")
    return rows.filter(Q(asked_by=user) | Q(department__head=user) | Q(number__in=asked))


def purchases_about(*, origin, reference):
    """The purchases of one thing, such as a ticket, oldest first."""
    return Purchase.objects.filter(origin=origin, reference=reference).order_by("created_at", "pk")


def drafts_of(user):
    return purchases_for(user).filter(asked_by=user, state=PurchaseState.DRAFT)


def policy_on(day):
    """The policy of a day; the one the product comes with before anybody made one."""
    stored = PurchasePolicy.objects.filter(valid_from__lte=day).order_by("-version").first()
    return stored or PurchasePolicy(version=0, valid_from=day)


def missing(purchase, policy):
    """Codes of what is missing before `purchase` can be asked for, see policy.missing_of."""
    facts = {"planned": purchase.planned, "proposal": purchase.proposal, "choice_reason": purchase.choice_reason}
    return missing_of(quotes=_plain(purchase.quotes.all()), tiers=policy.tiers, **facts)


def quotes_needed(purchase, policy):
    """How many quotes this purchase needs, by what it will cost as far as one knows."""
    return tier_of(amount_of(_plain(purchase.quotes.all())), policy.tiers)["quotes"]


def _plain(quotes):
    return [(quote.amount, quote.file_id is not None, quote.chosen) for quote in quotes]


def chosen_quote(purchase):
    return Quote.objects.filter(purchase=purchase, chosen=True).first()

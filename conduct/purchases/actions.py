from django.db import transaction
from django.utils.translation import gettext as _

from conduct.approvals import actions as approvals
from conduct.approvals.queries import approvals_about
from conduct.approvals.states import ApprovalState
from conduct.base.days import day_of
from conduct.base.errors import DomainError, ForbiddenMove
from conduct.base.moves import move
from conduct.base.numbers import next_number
from conduct.base.signals import purchase_settled, send_to_one
from conduct.company.queries import company
from conduct.files.actions import store_upload
from conduct.notices.actions import tell
from conduct.people.access import Role
from conduct.people.models import Staff
from conduct.people.queries import people_with_role
from conduct.tally import actions as tally
from conduct.trail import actions as trail

from .counting import measures_of
from .deciders import chain_of
from .models import Purchase, PurchaseLine, PurchasePolicy, Quote
from .policy import tier_of, wrong_with
from .queries import ORIGIN, chosen_quote, missing, policy_on, quotes_needed
from .states import PurchaseState

S = PurchaseState


@transaction.atomic
def draft(*, department, lines, reason, planned=False, proposal="", origin="", reference="", url="", by, at):
    """Begin a request. `lines` are dicts of name, quantity and, where known, unit, price, kind and item; at least one.

    Who is told how it ends is the one listener of `origin` to `purchase_settled`; with no origin nobody is.
    """
    purchase = Purchase.objects.create(
        number=next_number("PR", _today(at).year), department=department, reason=reason, planned=planned, proposal=proposal,
        origin=origin, reference=reference, url=url, asked_by=by, created_at=at,
    )  # fmt: skip
    _set_lines(purchase, lines)
    trail.note(verb="purchase.drafted", subject=purchase, by=by, at=at, **({"about": reference} if reference else {}))
    return purchase


@transaction.atomic
def change(*, purchase, department, lines, reason, planned, proposal, by, at):
    """Change a draft. What was asked for is not changed any more: withdraw it first."""
    facts = {"department": department, "reason": reason, "planned": planned, "proposal": proposal}
    if not Purchase.objects.filter(pk=purchase.pk, state=S.DRAFT).update(**facts):
        raise ForbiddenMove(_("This was asked for already. Withdraw it first, then change it."))
    purchase.refresh_from_db()
    purchase.lines.all().delete()
    _set_lines(purchase, lines)
    trail.note(verb="purchase.changed", subject=purchase, by=by, at=at)
    return purchase


def _set_lines(purchase, lines):
    if not lines:
        raise DomainError(_("Enter at least one line."))
    PurchaseLine.objects.bulk_create(
        PurchaseLine(
            purchase=purchase, position=position, name=line["name"], quantity=line["quantity"], unit=line.get("unit") or "个",
            price=line.get("price"), kind=line.get("kind") or "part", item=line.get("item"),
        )
        for position, line in enumerate(lines, 1)
    )  # fmt: skip


@transaction.atomic
def add_quote(*, purchase, supplier, amount, file, note="", by, at):
    """A supplier's offer with its file (picture or PDF)."""
    _refuse_unless_draft(purchase)
    stored = store_upload(upload=file, by=by, at=at)
    quote = Quote.objects.create(purchase=purchase, supplier=supplier, amount=amount, note=note, file=stored, by=by, at=at)
    trail.note(verb="purchase.quoted", subject=purchase, by=by, at=at, name=supplier, amount=str(amount))
    return quote


@transaction.atomic
def drop_quote(*, quote, by, at):
    _refuse_unless_draft(quote.purchase)
    quote.delete()
    trail.note(verb="purchase.quote_dropped", subject=quote.purchase, by=by, at=at, name=quote.supplier, amount=str(quote.amount))


@transaction.atomic
def choose(*, quote, reason="", by, at):
    """Take this offer; one that is not the cheapest needs a reason."""
    purchase = quote.purchase
    _refuse_unless_draft(purchase)
    cheapest = purchase.quotes.order_by("amount").first()
    if quote.amount > cheapest.amount and not reason.strip():
        said = {"supplier": cheapest.supplier, "amount": cheapest.amount}
        raise DomainError(_("%(supplier)s is cheaper (¥%(amount)s). Say why it is not taken.") % said, field="reason")
    purchase.quotes.update(chosen=False)
    Quote.objects.filter(pk=quote.pk).update(chosen=True)
    Purchase.objects.filter(pk=purchase.pk).update(choice_reason=reason.strip())
    why = {"reason": reason} if reason else {}
    trail.note(verb="purchase.chosen", subject=purchase, by=by, at=at, name=quote.supplier, amount=str(quote.amount), **why)


@transaction.atomic
def ask(*, purchase, by, at):
    """Ask the first decider of the policy's tier. Raises DomainError, naming what is missing."""
    policy = policy_on(_today(at))
    if lacking := missing(purchase, policy):
        raise DomainError(words_of(lacking[0], quotes_needed(purchase, policy)))
    total = chosen_quote(purchase).amount
    chain = chain_of(deciders=tier_of(total, policy.tiers)["deciders"], department=purchase.department, asker=by)
    stored = policy if policy.pk else None
    move(purchase, S.ASKED, asked_at=at, total=total, policy=stored, chain=chain, step=0, approved_at=None)
    trail.note(verb="purchase.asked", subject=purchase, by=by, at=at, amount=str(total), policy=policy.version)
    _ask_next(purchase, by, at)
    _count(purchase)
    return purchase


def _ask_next(purchase, by, at):
    link = purchase.chain[purchase.step]
    first = purchase.lines.first()
    more = " …" if purchase.lines.count() > 1 else ""
    facts = {"asked_of": Staff.objects.get(pk=link["person"])} if "person" in link else {"asked_of_role": link["role"]}
    approvals.ask(
        kind="purchase", origin=ORIGIN, reference=purchase.number, url=purchase.get_absolute_url(), by=by, at=at,
        subject=f"{purchase.number} · {first}{more} · ¥{purchase.total}", reason=purchase.reason, **facts,
    )  # fmt: skip


@transaction.atomic
def settle_approval(*, approval, by, at):
    """A decider has decided: the next one is asked, or the purchase is approved, refused, or a draft again."""
    purchase = Purchase.objects.select_related("asked_by", "department").get(number=approval.reference)
    if approval.state == ApprovalState.WITHDRAWN:
        move(purchase, S.DRAFT)
    elif approval.state == ApprovalState.REFUSED:
        move(purchase, S.REFUSED, ended_at=at, ended_reason=approval.decision[:300])
        _tell_origin(purchase, by, at)
    elif purchase.step + 1 < len(purchase.chain):
        Purchase.objects.filter(pk=purchase.pk).update(step=purchase.step + 1)
        purchase.step += 1
        _ask_next(purchase, purchase.asked_by, at)
    else:
        move(purchase, S.APPROVED, approved_at=at)
        store = people_with_role(Role.STOREKEEPER)
        tell(to=store, code="purchase.to_order", about=purchase.number, url=purchase.get_absolute_url(), at=at)
    trail.note(verb=f"purchase.{approval.state}", subject=purchase, by=by, at=at, reason=approval.decision)
    _count(purchase)


@transaction.atomic
def order(*, purchase, order_reference="", expected_on=None, by, at):
    """It is ordered from the chosen supplier."""
    facts = {"order_reference": order_reference, "expected_on": expected_on}
    move(purchase, S.ORDERED, ordered_at=at, ordered_by=by, **facts)
    trail.note(verb="purchase.ordered", subject=purchase, by=by, at=at, expected_on=str(expected_on or ""))
    url, asker = purchase.get_absolute_url(), purchase.asked_by
    tell(to=asker, code="purchase.ordered", about=purchase.number, url=url, at=at, day=str(expected_on or "?"))


@transaction.atomic
def finish(*, purchase, by, at):
    """Everything has arrived: the last thing that receiving does. The asker and the origin are told."""
    move(purchase, S.RECEIVED, ended_at=at)
    trail.note(verb="purchase.received", subject=purchase, by=by, at=at)
    tell(to=purchase.asked_by, code="purchase.received", about=purchase.number, url=purchase.get_absolute_url(), at=at)
    _tell_origin(purchase, by, at)


@transaction.atomic
def cancel(*, purchase, reason, by, at):
    """It is not bought. A request that waits for approval is withdrawn first; what has arrived of an order stays."""
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if purchase.state == S.ASKED:
        for approval in approvals_about(origin=ORIGIN, reference=purchase.number).filter(state=ApprovalState.ASKED):
            approvals.withdraw(approval=approval, reason=reason, by=by, at=at)
        purchase.refresh_from_db()
    move(purchase, S.CANCELLED, ended_at=at, ended_reason=reason.strip())
    trail.note(verb="purchase.cancelled", subject=purchase, by=by, at=at, reason=reason)
    _count(purchase)
    _tell_origin(purchase, by, at)


@transaction.atomic
def set_policy(*, tiers, valid_from, reason, by, at):
    """A new version of the policy from a day on, not before today. Raises DomainError naming what is wrong with the tiers."""
    if valid_from < _today(at):
        raise DomainError(_("This day is past."), field="valid_from")
    if wrong := wrong_with(tiers):
        raise DomainError(_policy_words(wrong))
    last = PurchasePolicy.objects.order_by("-version").first()
    version = last.version + 1 if last else 1
    policy = PurchasePolicy.objects.create(version=version, valid_from=valid_from, tiers=tiers, reason=reason, by=by, at=at)
    trail.note(verb="purchase.policy", subject=policy, by=by, at=at, version=version, reason=reason)
    return policy


def _refuse_unless_draft(purchase):
    if not Purchase.objects.filter(pk=purchase.pk, state=S.DRAFT).exists():
        raise ForbiddenMove(_("This was asked for already. Withdraw it first, then change it."))


def _tell_origin(purchase, by, at):
    if purchase.origin:
        send_to_one(purchase_settled, sender=Purchase, origin=purchase.origin, purchase=purchase, by=by, at=at)


def _count(purchase):
    measures = measures_of(
        state=purchase.state, was_asked=purchase.asked_at is not None, was_approved=purchase.approved_at is not None,
        total=purchase.total,
    )  # fmt: skip
    day = _today(purchase.asked_at or purchase.created_at)
    facts = {"person": purchase.asked_by.username, "department": purchase.department_id}
    tally.post(kind="purchase", number=purchase.number, day=day, measures=measures, **facts)


def words_of(code, needed):
    """What is missing, in words; `needed` is the number of quotes."""
    return {
        "quotes": _("At least %(count)d quotes with their files are needed.") % {"count": needed},
        "choice": _("Choose one of the quotes."),
        "choice_reason": _("Say why the cheapest quote is not taken."),
        "proposal": _("A planned project needs a written proposal."),
    }[code]


def _policy_words(code):
    return {
        "empty": _("Enter at least one step."),
        "order": _("The amounts have to grow from step to step."),
        "open_end": _("The last step has to be open at its end, so that every amount has somebody who decides."),
        "nobody": _("Every step needs somebody who decides."),
        "quotes": _("Every step needs at least one quote."),
    }[code]


def _today(at):
    return day_of(at, company().time_zone)

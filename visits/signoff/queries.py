from visits.records.queries import lacking_before_sign
from visits.schedule.states import VisitState

from .facts import statement_of
from .models import SignNonce, SignOff
from .statement import changes


def sign_offs_of(visit):
    """Every version, marked ones too, oldest first; without the large fields, which a page does not show."""
    return SignOff.objects.filter(visit=visit).select_related("settled_by").defer("statement", "strokes", "consent")


def last_valid(visit):
    return SignOff.objects.counting().filter(visit=visit).order_by("-version").first()


def next_statement(visit, *, language, nonce):
    """(statement, changes against the version signed before)."""
    before = last_valid(visit)
    statement = statement_of(
        visit,
        language=language,
        nonce=nonce,
        version=before.version + 1 if before else 1,
        previous_sha256=before.sha256 if before else None,
    )
    return statement, changes(before.statement, statement) if before else []


def differences(visit, sign_off):
    """What the customer signed beside what headquarters has on record now, as rows of `changes`."""
    now = statement_of(
        visit,
        language=sign_off.language,
        nonce=sign_off.nonce,
        version=sign_off.version,
        previous_sha256=sign_off.statement.get("previous_sha256"),
    )
    return changes(sign_off.statement, now)


def current_nonce(visit):
    return SignNonce.objects.filter(visit=visit).order_by("-issued_at", "-pk").values_list("nonce", flat=True).first()


def ready_to_sign(visit):
    """May the customer sign: is work finished, every item settled and every rule before signing answered?"""
    items, rules = lacking_before_sign(visit)
    return visit.state == VisitState.FINISHED and not items and not rules


def marked_for(visits):
    """Sign-offs with marks on these visits: somebody has to settle them."""
    return SignOff.objects.waiting().filter(visit__in=visits).select_related("visit__order__customer", "by")

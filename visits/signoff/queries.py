from conduct.people.access import Permission
from visits.records.kinds import LABELS
from visits.records.models import Entry
from visits.records.queries import lacking_before_sign
from visits.schedule.states import VisitState

from .facts import statement_of
from .models import SignNonce, SignOff
from .statement import changes

LARGE = ("statement", "strokes", "consent", "clock")
SHOWN = [*(field.name for field in SignOff._meta.concrete_fields if field.name not in LARGE), "settled_by__name"]
LANGUAGES = ("zh-hans", "en")


def sign_offs_of(visit):
    """Every version, marked ones too, oldest first; without the large fields, which a page does not show."""
    return SignOff.objects.filter(visit=visit).select_related("settled_by").only(*SHOWN)


def sign_offs_to_open(visit, user):
    """Those whose pictures this person may open: the restricted ones only with a permission of its own."""
    rows = SignOff.objects.filter(visit=visit)
    return rows if user.may(Permission.SEE_RESTRICTED) else rows.filter(restricted_at=None)


def last_valid(visit):
    return SignOff.objects.counting().filter(visit=visit).order_by("-version").first()


def next_version(visit):
    return next_statement_facts(visit)[0]


def next_statement_facts(visit):
    """(version, hash of the version before or None) of what is signed next."""
    before = last_valid(visit)
    return (before.version + 1, before.sha256) if before else (1, None)


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


def statement_like(visit, sent):
    """The statement as headquarters has it, in the language, version and nonce that another one names."""
    language = sent.get("language")
    return statement_of(
        visit,
        language=language if language in LANGUAGES else LANGUAGES[0],
        nonce=str(sent.get("nonce", "")),
        version=sent.get("version"),
        previous_sha256=sent.get("previous_sha256"),
    )


def differences(visit, sign_off):
    """What the customer signed beside what headquarters has on record now, as rows of `changes`."""
    return changes(sign_off.statement, statement_like(visit, sign_off.statement))


def unused_nonces(visit, device):
    """The nonces that were issued to a laptop for a visit and that nothing signed names yet, oldest first."""
    issued = SignNonce.objects.filter(visit=visit, device=device).order_by("pk").values_list("nonce", flat=True)
    used = set(SignOff.objects.filter(visit=visit).values_list("nonce", flat=True))
    return [nonce for nonce in issued if nonce not in used]


def covered_entries(visit):
    """The ids of the entries that the record adds up from, in the order of their receipt."""
    accepted = Entry.objects.filter(visit=visit, state=Entry.State.ACCEPTED).order_by(*Entry.PLACE)
    return [str(pk) for pk in accepted.values_list("pk", flat=True)]


def current_nonce(visit):
    """The nonce of the signing that is going on at this server; those issued to laptops in advance are not asked for here."""
    return SignNonce.objects.filter(visit=visit, device=None).order_by("-issued_at", "-pk").values_list("nonce", flat=True).first()


def ready_to_sign(visit):
    """May the customer sign: is work finished, every item settled and every rule before signing answered?"""
    items, rules = lacking_before_sign(visit)
    return visit.state == VisitState.FINISHED and not items and not rules


def beside_entries(sign_off):
    """(covered, away, others): the entries that it covers, how many of those headquarters does not have, and what it leaves out."""
    entries = list(Entry.objects.filter(visit=sign_off.visit_id).select_related("author", "device").order_by(*Entry.PLACE))
    for entry in entries:
        entry.label = LABELS.get(entry.kind, entry.kind)
    covered = [entry for entry in entries if str(entry.pk) in sign_off.covers]
    others = [entry for entry in entries if entry.state == Entry.State.ACCEPTED and entry not in covered]
    return covered, len(sign_off.covers) - len(covered), others


def ahead_of_entries():
    """Sign-offs that came before entries which they cover; nobody has decided on them yet."""
    rows = SignOff.objects.waiting().select_related("visit__order__customer").defer("statement", "strokes", "consent")
    return [row for row in rows.order_by("received_at", "id") if row.is_ahead]


def marked_for(visits):
    """Sign-offs with marks on these visits: somebody has to settle them."""
    return SignOff.objects.waiting().filter(visit__in=visits).select_related("visit__order__customer", "by")

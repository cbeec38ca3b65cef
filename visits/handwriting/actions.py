import secrets

from django.db import transaction

from conduct.base.moves import move
from conduct.trail import actions as trail
from visits.breaches.actions import propose_for_visit

from .likeness import HINT_FROM, likeness, shape
from .models import Confirmation, Hand, Hint, Specimen
from .queries import others_of, specimen_of, unread
from .states import Chosen, ConfirmationState

# Of a hundred signed visits as many are confirmed by a call, drawn by lot.
SAMPLE = 5
SHOWN = 3


def look(*, at, draw=secrets.randbelow):
    """Read new signatures: compare each, keep the hints, and choose whom to call. Returns how many were read.

    `draw(100)` is the lot. One signature a transaction, so that one that cannot be read stops no other.
    """
    rows = unread(at)
    for sign_off in rows:
        _read(sign_off=sign_off, lot=draw(100), at=at)
    return len(rows)


@transaction.atomic
def _read(*, sign_off, lot, at):
    visit, engineer = sign_off.visit, sign_off.visit.engineer
    drawn = shape(sign_off.strokes) if sign_off.strokes else None
    _hand, is_new = Hand.objects.get_or_create(
        sign_off=sign_off, defaults={"engineer": engineer, "signer_name": sign_off.signer_name, "shape": drawn}
    )
    if not is_new:
        return
    hints = _hints(sign_off, engineer, drawn) if drawn else []
    Hint.objects.bulk_create(hints)
    if hints or lot < SAMPLE:
        facts = {"sign_off": sign_off, "chosen": Chosen.HINT if hints else Chosen.SAMPLE, "chosen_at": at}
        Confirmation.objects.get_or_create(visit=visit, defaults=facts)


def _hints(sign_off, engineer, drawn):
    """The three most alike of the engineer's own and of other people's earlier ones."""
    found = [
        Hint(sign_off=sign_off, other_id=hand.sign_off_id, percent=likeness(drawn, hand.shape))
        for hand in others_of(engineer, sign_off.signer_name)
    ]
    if own := specimen_of(engineer):
        found.append(Hint(sign_off=sign_off, other=None, percent=likeness(drawn, own.shape)))
    alike = [hint for hint in found if hint.percent >= HINT_FROM]
    return sorted(alike, key=lambda hint: -hint.percent)[:SHOWN]


@transaction.atomic
def keep_specimen(*, engineer, strokes, by, at):
    """The engineer's own signature. `strokes` are clean; older ones stay."""
    specimen = Specimen.objects.create(engineer=engineer, strokes=strokes, shape=shape(strokes), at=at)
    trail.note(verb="specimen.given", subject=engineer, by=by, at=at)
    return specimen


@transaction.atomic
def note_call(*, confirmation, state, note="", by, at):
    """What the customer said about the signature. Who denies it makes it a breach that a person looks at.

    Raises ForbiddenMove when a colleague noted the answer before.
    """
    if confirmation.state == ConfirmationState.NOT_REACHED == state:
        Confirmation.objects.filter(pk=confirmation.pk).update(note=note, by=by, at=at)
    else:
        move(confirmation, state, note=note, by=by, at=at)
    trail.note(verb="confirmation.called", subject=confirmation.visit, by=by, at=at, outcome=str(state), note=note)
    if state == ConfirmationState.DENIED:
        visit = confirmation.visit
        propose_for_visit(
            visit=visit, engineer=visit.engineer, rule_code="signoff.sign_and_stamp", sight="not_signed", facts={}, at=at
        )

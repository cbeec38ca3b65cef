import hashlib
import json
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conduct.base.errors import DomainError
from conduct.base.numbers import next_number
from conduct.trail import actions as trail

from .models import IdempotentAnswer, System
from .queries import digest


class OtherRequest(DomainError):
    """The key was used for a request with another content."""


@transaction.atomic
def connect(*, name, acts_for, scopes, per_minute, by, at):
    """Let another program in. Returns (system, token); the token is shown this once."""
    token = "fs_" + secrets.token_urlsafe(32)
    system = System.objects.create(
        number=next_number("SY", width=4), name=name, acts_for=acts_for, scopes=list(scopes), per_minute=per_minute,
        sha256=digest(token), created_at=at, created_by=by,
    )  # fmt: skip
    trail.note(verb="system.connected", subject=system, by=by, at=at, name=name, about=acts_for.username, scopes=list(scopes))
    return system, token


@transaction.atomic
def revoke(*, system, by, at):
    """From now on its token is good for nothing."""
    if System.objects.filter(pk=system.pk, revoked_at=None).update(revoked_at=at, revoked_by=by):
        trail.note(verb="system.revoked", subject=system, by=by, at=at, name=system.name)


def once(*, system, key, body, doing, at):
    """(status, answer) of `doing()`, done once for each key: the same request again gets the same answer and changes nothing.

    `doing` returns (status, answer) and runs in the transaction that keeps the answer. Raises OtherRequest.
    """
    sha256 = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    if known := _known(system, key, sha256):
        return known
    try:
        with transaction.atomic():
            # First of all the key, so that a second request with it waits here and then finds the answer.
            kept = IdempotentAnswer.objects.create(system=system, key=key, sha256=sha256, status=0, answer=None, at=at)
            kept.status, kept.answer = doing()
            kept.save(update_fields=["status", "answer"])
    except IntegrityError:
        if known := _known(system, key, sha256):
            return known
        raise
    return kept.status, kept.answer


def _known(system, key, sha256):
    kept = IdempotentAnswer.objects.filter(system=system, key=key).first()
    if kept and kept.sha256 != sha256:
        raise OtherRequest(_("This Idempotency-Key was used for another request."))
    return (kept.status, kept.answer) if kept else None

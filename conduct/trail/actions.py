from django.db import connection, transaction

from .chain import START, facts_of, link
from .models import Event, Seal
from .queries import subject_of

ADVISORY_LOCK = 7_241_123


def note(*, verb, subject, by, at, **data):
    """Add a line to the trail, in the caller's transaction. `by` is a person, or None for the system."""
    kind, number = subject_of(subject)
    return Event.objects.create(
        at=at,
        by_id=by.pk if by else None,
        by_name=by.name if by else "",
        verb=verb,
        subject_kind=kind,
        subject=number,
        data=data,
    )


@transaction.atomic
def seal(*, at):
    """Chain the events that are not sealed yet, oldest first. Returns how many there were.

    Runs under an advisory lock on PostgreSQL and in an IMMEDIATE transaction on SQLite, so that the chain
    cannot fork; it stays out of business transactions, which would otherwise wait for each other here.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    last = Seal.objects.order_by("-pk").values_list("sha256", flat=True).first() or START
    seals = []
    for event in Event.objects.filter(seal=None).order_by("pk"):
        sha256 = link(last, facts_of(event))
        seals.append(Seal(event=event, previous=last, sha256=sha256, sealed_at=at))
        last = sha256
    Seal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)

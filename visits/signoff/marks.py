"""What does not fit about a signature: read when it arrives, shown to the named person who decides on it."""

from visits.records.clock import EARLY, Stamp, doubts, is_before, is_suspicious, offset_between
from visits.records.models import Entry
from visits.schedule.states import VisitState

from .models import Mark, SignNonce
from .queries import covered_entries, next_statement_facts, ready_to_sign
from .statement import changes, digest, only_headquarters

STAMPED = ("arrived", "departed")


def marks_of(visit, package, ours, *, covers, clock, by):
    """The codes of `Mark`. `ours` is the statement as headquarters has it; `clock` is what clock_of said, {} for a live one;
    `by` is the engineer on whose laptop it was signed, None for who signed by a link."""
    found = [
        *_of_content(visit, package, ours),
        *_of_visit(visit, package["statement"], by),
        *([Mark.ENTRIES_MISSING] if set(covers) - set(covered_entries(visit)) else []),
        *([Mark.CLOCK] if any(is_suspicious(stamp["doubts"]) for stamp in clock.values()) else []),
    ]
    return [mark.value for mark in found]


def _of_content(visit, package, ours):
    sent = package["statement"]
    issued = SignNonce.objects.filter(visit=visit, nonce=package["nonce"]).exists() and sent.get("nonce") == package["nonce"]
    if not issued or not _is_hash_of(package["sha256"], sent):
        return [Mark.HASH_DIFFERS]
    if _is_hash_of(package["sha256"], ours):
        return []
    return [Mark.PLAN_CHANGED if only_headquarters(changes(sent, ours)) else Mark.HASH_DIFFERS]


def _is_hash_of(sha256, statement):
    try:
        return digest(statement) == sha256
    except ValueError:
        return False


def _of_visit(visit, sent, by):
    if visit.is_called_off:
        return [Mark.WITHDRAWN]
    if by and not visit.is_own(by):
        return [Mark.REASSIGNED]
    if (sent.get("version"), sent.get("previous_sha256")) != next_statement_facts(visit):
        return [Mark.SUPERSEDED]
    if visit.state != VisitState.FINISHED:
        return [Mark.NOT_WAITING]
    return [] if ready_to_sign(visit) else [Mark.NOT_READY]


def clock_of(visit, signed=None):
    """{"arrived" | "departed" | "signed": {"offset": ms or null, "doubts": [code, …]}}: what the laptop's clock was worth.

    `signed` is the Stamp of the signature; a sheet that was signed by hand has none.
    """
    stamps = {}
    for entry in Entry.objects.filter(visit=visit, state=Entry.State.ACCEPTED, kind__in=STAMPED).order_by(*Entry.PLACE):
        stamps[entry.kind] = entry.stamp
    if signed:
        stamps["signed"] = signed
    found = {name: {"offset": stamp.offset, "doubts": doubts(stamp)} for name, stamp in stamps.items()}
    if signed and "departed" in stamps and is_before(signed, stamps["departed"]):
        found["signed"]["doubts"].append(EARLY)
    return found


def live_stamp(signed_at, at):
    """A signature that is posted at once: the server sees the laptop's offset itself."""
    return Stamp(signed_at, at, offset_between(at, signed_at))


def offline_stamp(signed_at, at, clock):
    return Stamp(signed_at, at, clock["clock_offset_ms"], clock["anchor_at"], clock["monotonic_ms"])

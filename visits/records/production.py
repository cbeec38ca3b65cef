"""What the entries about a change in production bring about."""

from visits.changes import actions
from visits.changes.states import AFTER, Outcome

from .models import EntryFile
from .projection import moment


def _ask(visit, entry, by, at):
    actions.request(visit=visit, **entry.payload, by=by, at=at)


def _approve_on_site(visit, entry, by, at):
    said = entry.payload | {"until": moment(entry.payload["until"])}
    actions.emergency(visit=visit, said=said, copy=_file_of(entry), by=by, at=min(entry.device_at, at))


def _begin(visit, entry, by, at):
    actions.start(visit=visit, started_at=moment(entry.payload["at"]), by=by, at=at)


def _log(visit, entry, by, at):
    actions.log(visit=visit, step_at=moment(entry.payload["at"]), by=by, at=at)


def _end(visit, entry, by, at):
    payload = entry.payload
    facts = {"ended_at": moment(payload["at"]), "note": payload["note"]}
    if payload["outcome"] == Outcome.ACCEPTED:
        consent = {name: payload[name] for name in ("consent_name", "consent_at", "consent_how")}
        facts |= {"consent": consent, "consent_copy": _file_of(entry)}
    actions.end(visit=visit, state=AFTER[payload["outcome"]], by=by, at=at, **facts)


def _file_of(entry):
    kept = EntryFile.objects.filter(pk=entry.payload["file"] or None).select_related("file").first()
    return kept.file if kept else None


EFFECTS = {"change_request": _ask, "change_emergency": _approve_on_site, "change_start": _begin, "change_step": _log, "change_end": _end}

"""What speaks against an entry about a production change. Pure; static/js/rules/change.js says the same in the browser.

`change` is the approval as plain data (queries.plain), or None when there is none.
"""

import datetime

from conduct.base.sentences import sentence as _

NOW = datetime.timedelta(minutes=5)
CONSENT = ("consent_name", "consent_at", "consent_how", "file")
OPEN = ("ready", "running")


def against(kind, payload, change, at, log=()):
    """{field: sentence}. `at` is the moment the entry was made, as well as we know; `log` is what the record says of the change so far."""
    check = CHECKS.get(kind)
    return check(payload, change, at, log) if check else {}


def _request(payload, change, at, log):
    if change and change["state"] != "withdrawn":
        return {"": _("There is an approval form for this visit already.")}
    return {}


def _emergency(payload, change, at, log):
    if change and change["state"] not in ("draft", "asked", "approved", "withdrawn"):
        return {"": _("There is an approval form for this visit already.")}
    if _moment(payload["until"]) <= at:
        return {"until": _("This time is past.")}
    return {}


def _start(payload, change, at, log):
    if change is None or change["state"] not in OPEN:
        return {"": _("A production change needs its form, approved by us and signed by the customer. What was said by word of mouth can only be noted as asked.")}
    if change["state"] == "running":
        return {"": _("The production change has begun already.")}
    if change.get("denied"):
        return {"": change["denied"]}
    begun = _moment(payload["at"])
    if not _moment(change["window_from"]) <= begun < _moment(change["window_to"]):
        window = {"start": _shown(change["window_from"]), "end": _shown(change["window_to"])}
        return {"": _("Locked outside of its window, %(start)s to %(end)s.") % window}
    if abs(begun - at) > NOW:
        return {"": _("The beginning is noted when it happens.")}
    return {}


def _under_way(payload, change, at):
    if change is None or change["state"] != "running":
        return {"": _("The production change is not under way.")}
    return {"at": _("This time lies in the future.")} if _moment(payload["at"]) > at + NOW else {}


def _step(payload, change, at, log):
    if fields := _under_way(payload, change, at):
        return fields
    return {"note": _("Say why it is left out.")} if payload["result"] == "skipped" and not payload["note"] else {}


def _end(payload, change, at, log):
    if fields := _under_way(payload, change, at):
        return fields
    if payload["outcome"] == "passed" and (left := _not_noted(change, log)):
        return {"outcome": _("Note first what was done, with its time. Steps without a word: %(steps)s.") % {"steps": ", ".join(left)}}
    if payload["outcome"] == "accepted":
        return {name: _("Needed, because a test failed and it stays as it is.") for name in CONSENT if not payload[name]}
    if payload["outcome"] == "rolled_back" and not payload["note"]:
        return {"note": _("Say what failed and what was undone.")}
    return {}


def _not_noted(change, log):
    """The numbers of the runbook's steps that were neither done nor left out; an emergency has no runbook that was approved."""
    if change["is_emergency"]:
        return []
    noted = {row["runbook_step"] for row in log if row["what"] == "change_step" and row["result"] in ("done", "skipped")}
    return [str(place) for place in range(1, len(change["steps"]) + 1) if place not in noted]


def _departed(payload, change, at, log):
    if change and change["state"] == "running":
        return {"": _("Say first how the production change ended.")}
    return {}


def _moment(text):
    return datetime.datetime.fromisoformat(text)


def _shown(text):
    return text[:16].replace("T", " ")


CHECKS = {
    "change_request": _request, "change_emergency": _emergency, "change_start": _start, "change_step": _step, "change_end": _end,
    "departed": _departed,
}  # fmt: skip

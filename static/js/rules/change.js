// What speaks against an entry about a production change. The twin of visits/changes/lock.py, held to it by shared vectors.
import { say } from "./say.js";

const NOW = 5 * 60000;
const CONSENT = ["consent_name", "consent_at", "consent_how", "file"];

/** {field: sentence}. `change` is the approval of the bundle, or null; `at` is a Date; `log` is what the record says of the change so far. */
export function againstChange(kind, payload, change, at, log = []) {
  return CHECKS[kind]?.(payload, change ?? null, at.getTime(), log) ?? {};
}

function whole(sentence, facts) {
  return { "": say(sentence, facts) };
}

function request(_payload, change) {
  return change && change.state !== "withdrawn" ? whole("There is an approval form for this visit already.") : {};
}

function emergency(payload, change, at) {
  if (change && !["draft", "asked", "approved", "withdrawn"].includes(change.state)) return whole("There is an approval form for this visit already.");
  return Date.parse(payload.until) <= at ? { until: say("This time is past.") } : {};
}

function start(payload, change, at) {
  if (!["ready", "running"].includes(change?.state)) {
    return whole("A production change needs its form, approved by us and signed by the customer. What was said by word of mouth can only be noted as asked.");
  }
  if (change.state === "running") return whole("The production change has begun already.");
  if (change.denied) return { "": change.denied };
  const begun = Date.parse(payload.at);
  if (!(Date.parse(change.window_from) <= begun && begun < Date.parse(change.window_to))) {
    return whole("Locked outside of its window, %(start)s to %(end)s.", { start: shown(change.window_from), end: shown(change.window_to) });
  }
  return Math.abs(begun - at) > NOW ? whole("The beginning is noted when it happens.") : {};
}

function underWay(payload, change, at) {
  if (change?.state !== "running") return whole("The production change is not under way.");
  return Date.parse(payload.at) > at + NOW ? { at: say("This time lies in the future.") } : {};
}

function step(payload, change, at) {
  const fields = underWay(payload, change, at);
  if (Object.keys(fields).length) return fields;
  return payload.result === "skipped" && !payload.note ? { note: say("Say why it is left out.") } : {};
}

function end(payload, change, at, log) {
  const fields = underWay(payload, change, at);
  if (Object.keys(fields).length) return fields;
  const left = payload.outcome === "passed" ? notNoted(change, log) : [];
  if (left.length) return { outcome: say("Note first what was done, with its time. Steps without a word: %(steps)s.", { steps: left.join(", ") }) };
  if (payload.outcome === "accepted") {
    const lacks = CONSENT.filter((name) => !payload[name]);
    return Object.fromEntries(lacks.map((name) => [name, say("Needed, because a test failed and it stays as it is.")]));
  }
  return payload.outcome === "rolled_back" && !payload.note ? { note: say("Say what failed and what was undone.") } : {};
}

/** The numbers of the runbook's steps that were neither done nor left out; an emergency has no runbook that was approved. */
function notNoted({ is_emergency: isEmergency, steps }, log) {
  if (isEmergency) return [];
  const known = new Set(log.filter((row) => row.what === "change_step" && ["done", "skipped"].includes(row.result)).map((row) => row.runbook_step));
  return steps.map((_text, place) => place + 1).filter((place) => !known.has(place));
}

function departed(_payload, change) {
  return change?.state === "running" ? whole("Say first how the production change ended.") : {};
}

function shown(text) {
  return text.slice(0, 16).replace("T", " ");
}

const CHECKS = { change_request: request, change_emergency: emergency, change_start: start, change_step: step, change_end: end, departed };

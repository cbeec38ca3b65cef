// What speaks against an entry about a production change. The twin of visits/changes/lock.py, held to it by shared vectors.
import { say } from "./say.js";

const NOW = 5 * 60000;
const CONSENT = ["consent_name", "consent_at", "consent_how", "file"];

/** {field: sentence}. `change` is the approval of the bundle, or null; `at` is a Date. */
export function againstChange(kind, payload, change, at) {
  return CHECKS[kind]?.(payload, change ?? null, at.getTime()) ?? {};
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

function step(payload, change, at) {
  if (change?.state !== "running") return whole("The production change is not under way.");
  return Date.parse(payload.at) > at + NOW ? { at: say("This time lies in the future.") } : {};
}

function end(payload, change, at) {
  const fields = step(payload, change, at);
  if (Object.keys(fields).length) return fields;
  if (payload.outcome === "accepted") {
    const lacks = CONSENT.filter((name) => !payload[name]);
    return Object.fromEntries(lacks.map((name) => [name, say("Needed, because a test failed and it stays as it is.")]));
  }
  return payload.outcome === "rolled_back" && !payload.note ? { note: say("Say what failed and what was undone.") } : {};
}

function departed(_payload, change) {
  return change?.state === "running" ? whole("Say first how the production change ended.") : {};
}

function shown(text) {
  return text.slice(0, 16).replace("T", " ");
}

const CHECKS = { change_request: request, change_emergency: emergency, change_start: start, change_step: step, change_end: end, departed };

// Builds the statement that a customer signs from what the laptop holds. The twin of visits/signoff/facts.py and statement.py.
import { normal } from "./fields.js";

const PART = ["name", "old_serial", "new_serial", "quantity", "stock_left"];
const EQUIPMENT = ["number", "name", "model", "serial"];
const VOLATILE = ["nonce", "version", "previous_sha256", "language"];

/** `bundle` is the visit as the laptop sees it, its own entries included; `language` is "zh-hans" or "en". */
export function statementOf(bundle, { language, nonce }) {
  const { visit, company, customer, site, contact, order, record, signing } = bundle;
  return normalized({
    format: "fieldservice.statement.1",
    language,
    wording_edition: signing.edition,
    conduct_edition: visit.edition,
    number: visit.record_number,
    visit: visit.number,
    version: signing.version,
    previous_sha256: signing.previous_sha256,
    nonce,
    company: { name: company.names[language], hotline: company.hotline, fax: company.fax, mailbox: company.mailbox },
    customer: pick(customer, ["number", "name"]),
    site: pick(site, ["number", "name", "address", "time_zone"]),
    contact: { name: contact?.name ?? "", telephone: contact?.telephone ?? "" },
    identity: pick(visit.identity, ["name", "capacity"]),
    order: pick(order, ["number", "reported_fault", "stated_cause"]),
    equipment: bundle.equipment.map((row) => pick(row, EQUIPMENT)),
    planned: { start: visit.planned_start, end: visit.planned_end },
    arrived_at: record.arrived_at,
    departed_at: record.departed_at,
    pauses: record.pauses.map((row) => pick(row, ["from", "to", "reason"])),
    scope: bundle.scope.map((row) => item(row, record)),
    parts: record.parts.map((row) => pick(row, PART)),
    requests: record.requests.map((row) => pick(row, ["text"])),
    promises: record.promises.map((row) => pick(row, ["text", "due"])),
    open_points: record.open_points.map((row) => pick(row, ["text"])),
    notes: record.notes.filter((row) => row.for_customer).map((row) => pick(row, ["text"])),
    photos: record.photos.map((row) => ({ caption: row.caption, sha256: bundle.blobs[row.file] ?? "" })),
    checklist: Object.values(bundle.checklist).flat().filter((row) => row.answer)
      .map((row) => ({ code: row.code, text: row.texts[language], answer: row.answer, note: row.note })),
    ...production(record.change ?? [], bundle.change?.title ?? ""),
    ...trainingSheet(record),
  });
}

/** {change} once a change in production was begun: what, from when to when, and how it ended. */
export function production(log, title) {
  const begun = log.find((row) => row.what === "change_start");
  if (!begun) return {};
  const ended = log.find((row) => row.what === "change_end");
  const steps = new Set(log.filter((row) => row.what === "change_step" && row.result === "done").map((row) => row.runbook_step)).size;
  return { change: { title, started_at: begun.at, ended_at: ended?.at ?? null, outcome: ended?.outcome ?? "", steps } };
}

/** {training} once something was taught or somebody was there. */
export function trainingSheet({ sessions = [], attendees = [], assessments }) {
  if (!sessions.length && !attendees.length) return {};
  const minutes = sessions.reduce((sum, row) => sum + Math.floor((Date.parse(row.ended_at) - Date.parse(row.started_at)) / 60000), 0);
  return { training: {
    sessions: sessions.map((row) => pick(row, ["content", "started_at", "ended_at"])), minutes,
    attendees: attendees.map((row) => {
      const { result = "", score = null, remark = "" } = assessments[row.key] ?? {};
      return { ...pick(row, ["name", "unit", "signature"]), result, score, remark };
    }),
  } };
}

function pick(row, names) {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

function item({ position, text }, record) {
  const result = record.results[position] ?? {};
  const said = record.confirmations[position];
  return {
    position, text,
    ...Object.fromEntries(["result", "cause", "action", "prevention"].map((name) => [name, result[name] ?? ""])),
    confirmed: said ? { name: said.confirmed_name, at: said.confirmed_at, how: said.confirmed_how } : null,
  };
}

function normalized(value) {
  if (typeof value === "string") return normal(value);
  if (Array.isArray(value)) return value.map(normalized);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalized(inner)]));
  return value;
}

/** [{field, before, after}]: where two statements differ, without what differs in any case. */
export function changes(before, after) {
  const old = flat(before), now = flat(after);
  const keys = [...old.keys(), ...[...now.keys()].filter((key) => !old.has(key))];
  return keys
    .filter((key) => (old.get(key) ?? "") !== (now.get(key) ?? "") && !VOLATILE.includes(key.split(".")[0]))
    .map((key) => ({ field: key, before: old.get(key) ?? "", after: now.get(key) ?? "" }));
}

function flat(value, prefix = "", into = new Map()) {
  const rows = Array.isArray(value) ? value.map((inner, place) => [place + 1, inner])
    : value && typeof value === "object" ? Object.entries(value) : null;
  if (!rows) into.set(prefix, value === null || value === undefined ? "" : String(value));
  else for (const [key, inner] of rows) flat(inner, prefix ? `${prefix}.${key}` : String(key), into);
  return into;
}

// The visit as the laptop sees it: what headquarters sent, and on top of it what was made here and is not there yet.
import { stepBefore } from "../rules/checks.js";
import { letsPass } from "../rules/gates.js";
import { CODES, shown } from "../rules/proofs.js";
import { project, unsettled } from "../rules/projection.js";

/** `rows` are [{row, body}] of the queue, in their order. The bundle that comes back has the same shape as headquarters'. */
export function withRows(bundle, rows, { labels, author }) {
  const known = new Set(placed(bundle).map((entry) => entry.id));
  const ours = rows.filter(({ row }) => row.type === "entry" && !known.has(row.id)).map((one) => entryOf(one, labels, author));
  const isOurs = new Set(ours.map((entry) => entry.id));
  const entries = [...bundle.entries.filter((entry) => !isOurs.has(entry.id)), ...ours];
  const counted = entries.filter((entry) => entry.state === "accepted");
  const record = project(counted);
  const scope = [...bundle.scope, ...ours.filter(isNewItem).map(({ payload }) => ({ position: payload.position, text: payload.text }))];
  const files = rows.filter(({ row }) => row.type === "blob");
  const signed = rows.find(({ row }) => row.type === "package" && row.state !== "attention");
  const change = changeAfter(bundle.change ?? null, ours);
  const covers = signed && new Set(signed.body.covers);
  return {
    ...bundle, record,
    entries: covers ? entries.map((entry) => ({ ...entry, isLeftOut: !covers.has(entry.id) })) : entries,
    checklist: answered(bundle.checklist, ours, shown(change, record)),
    unsettled: unsettled(record, scope.map((item) => item.position)),
    change,
    scope, scope_changes: withNeeds(bundle.scope_changes ?? [], ours),
    waivers: waiversAfter(bundle.waivers ?? {}, ours),
    questions: withTold([...bundle.questions, ...ours.filter(isQuestion).map(({ id, payload }) => ({ entry: id, text: payload.text, answered: false }))], ours),
    remote_cases: [...(bundle.remote_cases ?? []), ...ours.filter(isHandedOver).map(({ payload }) => ({ wanted: payload.wanted, state: "waiting" }))],
    next_position: Math.max(bundle.next_position ?? 1, ...scope.map((item) => item.position + 1)),
    files: { ...bundle.files, ...Object.fromEntries(files.map(({ row, body }) => [row.id, body.name])) },
    blobs: { ...bundle.blobs, ...Object.fromEntries(files.map(({ row }) => [row.id, row.sha256])) },
    here: new Set(files.map(({ row }) => row.id)),
    entry_count: counted.length,
    visit: { ...bundle.visit, state: stateAfter(bundle.visit.state, ours) },
    closed: bundle.closed || Boolean(signed),
    signedHere: signed?.row ?? null,
  };
}

/** The entries that have their place at headquarters; one that waits there still has it here, behind what it waits for. */
export function placed(bundle) {
  return bundle.entries.filter((entry) => entry.state !== "waiting");
}

function entryOf({ row, body, reason }, labels, author) {
  const isRefused = row.state === "attention" || ["set_aside", "quarantined"].includes(row.receipt?.state);
  return {
    id: row.id, kind: body.kind, label: labels[body.kind] ?? body.kind, payload: body.payload, corrects: body.corrects,
    device_at: body.device_at, received_at: row.receipt?.at ?? null, state: isRefused ? "set_aside" : "accepted",
    reason: reason ?? "", waits: row.receipt?.state === "waiting",
    author, local: row.state, since: row.since, tries: row.tries,
  };
}

/** A need that was decided by telephone to be done now is a scope item at once, under the number that this laptop gave it. */
function isNewItem({ kind, state, payload }) {
  return kind === "new_need" && state === "accepted" && payload.decision === "do_now";
}

function withNeeds(known, ours) {
  const here = ours.filter((entry) => entry.kind === "new_need" && entry.state === "accepted");
  return [...known, ...here.map(({ id, payload }) => ({
    entry: id, text: payload.text, state: payload.decision ? "claimed" : "waiting", claimed: payload.decision, told_by: payload.decided_name,
  }))];
}

/** Asked on this laptop; the clock runs once headquarters has it. */
function isQuestion({ kind, state }) {
  return kind === "question" && state === "accepted";
}

/** What headquarters answered by telephone, noted here, stands beside its question until headquarters has confirmed it. */
function withTold(questions, ours) {
  const told = new Map(ours.filter((entry) => entry.kind === "hq_answer" && entry.state === "accepted").map(({ payload }) => [payload.question, payload]));
  return questions.map((question) => (told.has(question.entry) && !question.answered ? { ...question, told: told.get(question.entry) } : question));
}

/** Handed over on this laptop: asked, and waits until an online engineer takes it. */
function isHandedOver({ kind, state }) {
  return kind === "hand_over" && state === "accepted";
}

/** What somebody at headquarters agreed to by telephone, noted here: the technical manager has to confirm it, unless it was done after all. */
function waiversAfter(known, ours) {
  return ours.filter((entry) => entry.state === "accepted").reduce((waivers, { kind, payload }) => {
    if (kind === "hq_confirmation") return { ...waivers, [payload.scope_item]: { state: "waiting" } };
    if (kind === "result" && payload.result === "done" && waivers[payload.scope_item]) return { ...waivers, [payload.scope_item]: { state: "dropped" } };
    return waivers;
  }, known);
}

const ENDS = { passed: "done", rolled_back: "rolled_back", accepted: "accepted" };

/** The change in production as this laptop's own entries leave it. */
function changeAfter(known, ours) {
  return ours.filter((entry) => entry.state === "accepted").reduce((change, { kind, payload, device_at }) => {
    if (kind === "change_request") return { ...(change ?? { steps: [] }), state: "draft", title: payload.text };
    if (kind === "change_emergency") {
      const title = change?.title ?? payload.reason;
      return { ...(change ?? { steps: [] }), state: "ready", title, is_emergency: true, window_from: `${device_at.slice(0, 16)}${device_at.slice(-6)}`, window_to: payload.until };
    }
    if (kind === "change_start" && change) return { ...change, state: "running" };
    if (kind === "change_end" && change) return { ...change, state: ENDS[payload.outcome] };
    return change;
  }, known);
}

/** The questions with what was answered here, and with what the product shows by itself: `found` is {rule code: note}. */
function answered(checklist, ours, found) {
  const counted = ours.filter((entry) => entry.state === "accepted");
  const given = new Map(counted.filter((entry) => entry.kind === "answer").map((entry) => [entry.payload.rule_code, entry.payload]));
  const taken = new Set(counted.map((entry) => stepBefore(entry.kind, entry.payload)));
  const one = (question, step) => {
    const answer = given.get(question.code);
    if (answer) return { ...question, answer: answer.answer, note: answer.note, is_shown: false, passes: letsPass(question.enforce, answer.answer) };
    if (question.answer || !CODES.includes(question.code)) return question;
    const note = found[question.code] ?? "";
    if (taken.has(step)) return { ...question, answer: "yes", note, is_shown: false, passes: true }; // headquarters writes it down with the step
    const isShown = question.code in found;
    return { ...question, note, is_shown: isShown, passes: isShown };
  };
  return Object.fromEntries(Object.entries(checklist).map(([step, rows]) => [step, rows.map((question) => one(question, step))]));
}

function stateAfter(state, ours) {
  return ours.filter((entry) => entry.state === "accepted").reduce((now, { kind, payload }) => {
    if (kind === "arrived" && now === "confirmed") return "on_site";
    if (kind === "departed" && now === "on_site") return "finished";
    if (kind === "step" && payload.step === "work" && now === "finished") return "on_site";
    return now;
  }, state);
}

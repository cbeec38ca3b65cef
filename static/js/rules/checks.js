// What speaks against a well-formed entry. The twin of visits/records/checks.py, held to it by shared vectors.
import { uneven } from "./items.js";
import { say } from "./say.js";

const MINUTE = 60000;
const CLOCK_TOLERANCE = 2 * MINUTE;
const FAR_FROM_PLAN = 12 * 60 * MINUTE;
const LONG_VISIT = 24 * 60 * MINUTE;
const ON_SITE_ONLY = ["result", "hq_confirmation", "part", "request", "promise", "open_point", "new_need", "pause", "left_site", "resume", "departed", "room_item", "change_request", "change_emergency", "change_start", "change_step", "change_end", "training", "attendee", "assessment", "hand_over"];
const AFTER_WORK = ["hq_confirmation", "answer", "step", "question", "hq_answer", "hand_over", "withdraw", "note"];
const OTHER_STEPS = ["start_change", "end_change", "finish", "sign", "archive"];
const DECIDED = ["decision", "decided_name", "decided_at", "decided_how"];
/** The steps whose rules are asked before this one as well. */
export const EARLIER = { start_change: ["work", "operate"] };
const GUARDED = { arrived: "set_out", result: "work", part: "work", departed: "finish", change_start: "start_change" };

/**
 * {field: sentence}; the key "" is for the entry as a whole. `around` holds facts, state, planned_start (ISO), positions,
 * entry_count, max_entries and at (a Date).
 */
export function against(kind, payload, around) {
  const { facts, state } = around;
  if (!["confirmed", "on_site", "finished"].includes(state)) return whole("This record is closed or not open yet; nothing can be added.");
  if (around.entry_count >= around.max_entries && !["departed", "step", "answer"].includes(kind)) {
    return { "": say("A record holds at most %(max)d entries.", { max: around.max_entries }) };
  }
  if (ON_SITE_ONLY.includes(kind) && !facts.arrived_at) return whole("Note the arrival first.");
  if (state === "finished" && !AFTER_WORK.includes(kind)) return whole("Work is finished. Resume work first to add to the record.");
  return CHECKS[kind]?.(payload, facts, around) ?? {};
}

/** The step of the visit that this entry takes, or null. */
export function stepBefore(kind, payload) {
  // A change that failed ends in any case; only its success answers for the tests afterwards.
  if (kind === "change_end") return payload.outcome === "passed" ? "end_change" : null;
  return kind === "step" ? payload.step : GUARDED[kind] ?? null;
}

function whole(sentence) {
  return { "": say(sentence) };
}

function step(payload, facts) {
  if (OTHER_STEPS.includes(payload.step)) return { step: say("This step happens by another entry.") };
  if (payload.step !== "set_out" && !facts.arrived_at) return { step: say("Note the arrival first.") };
  if (payload.step === "end_training" && !(facts.sessions?.length && facts.attendees?.length)) return { step: say("The training sheet is empty: note what was taught and who was there.") };
  return payload.step === "leave_room" ? unevenItems(facts, "step") : {};
}

function unevenItems(facts, name) {
  const left = uneven(facts.room_items ?? []).map(([thing, inside, borrowed]) => `${thing} (${signed(inside || borrowed)})`);
  return left.length ? { [name]: say("Not accounted for: %(items)s. What was carried in goes out again or stays, what was borrowed is given back.", { items: left.join(say("; ")) }) } : {};
}

function signed(count) {
  return count > 0 ? `+${count}` : String(count);
}

function delay(payload, facts, { planned_start }) {
  if (facts.arrived_at) return whole("You have arrived already.");
  if (moment(payload.new_time) <= moment(planned_start)) return { new_time: say("The new time is not later than the planned one.") };
  return {};
}

function arrived(payload, facts, { planned_start, at }) {
  const time = moment(payload.arrived_at);
  if (facts.departed_at && time >= moment(facts.departed_at)) return { arrived_at: say("The arrival lies after the departure.") };
  const far = Math.abs(time - moment(planned_start)) > FAR_FROM_PLAN
    && say("This is more than 12 hours from the planned time. If it is right, say why.");
  return unlessExplained(payload, "arrived_at", odd(time, at) || far);
}

function departed(payload, facts, { at }) {
  const time = moment(payload.departed_at);
  if (time <= moment(facts.arrived_at)) return { departed_at: say("The departure lies before the arrival.") };
  if (isPaused(facts)) return whole("Work is paused. Note when it was resumed first.");
  if (facts.steps.includes("start_training") && !facts.steps.includes("end_training")) return whole("Say first that the training has ended.");
  const things = unevenItems(facts, "");
  if (things[""]) return things;
  if (facts.steps.includes("enter_room") && !facts.steps.includes("leave_room")) return whole("Say first that you left the machine room.");
  const long = time - moment(facts.arrived_at) > LONG_VISIT
    && say("This is more than 24 hours after the arrival. If it is right, say why.");
  return unlessExplained(payload, "departed_at", odd(time, at) || long);
}

function item(payload, facts, { positions }) {
  if (positions.includes(payload.scope_item)) return {};
  return { scope_item: say("This is outside of the agreed scope. Note it as a new need: headquarters decides before it is done.") };
}

function newNeed(payload) {
  if (!DECIDED.some((name) => payload[name])) return {};
  const lacks = DECIDED.filter((name) => !payload[name]);
  return Object.fromEntries(lacks.map((name) => [name, say("Needed, because it was decided by telephone.")]));
}

function hqAnswer(payload, facts, { at }) {
  if (!facts.questions.some((row) => row.entry === payload.question)) return { question: say("Choose one of the list.") };
  return moment(payload.answered_at) > at.getTime() + CLOCK_TOLERANCE ? { answered_at: say("This time lies in the future.") } : {};
}

function training({ started_at, ended_at }, facts, { at }) {
  if (moment(ended_at) <= moment(started_at)) return { ended_at: say("The training ends before it begins.") };
  return moment(ended_at) > at.getTime() + CLOCK_TOLERANCE ? { ended_at: say("This time lies in the future.") } : {};
}

function assessment({ attendee }, facts) {
  return facts.attendees?.some((row) => row.key === attendee) ? {} : { attendee: say("Choose one of the list.") };
}

function pause(payload, facts, { at }) {
  if (isPaused(facts)) return whole("Work is paused already.");
  if (moment(payload.at) < moment(facts.arrived_at)) return { at: say("The pause lies before the arrival.") };
  return unlessExplained(payload, "at", odd(moment(payload.at), at));
}

function left(payload, facts, around) {
  const problems = pause(payload, facts, around);
  if (Object.keys(problems).length) return problems;
  const begun = ["ours", "theirs"].filter((side) => payload[`${side}_name`] || payload[`${side}_how`]);
  const lacks = begun.flatMap((side) => ["name", "at", "how"].map((part) => `${side}_${part}`)).filter((name) => !payload[name]);
  return Object.fromEntries(lacks.map((name) => [name, say("Needed, because consent was given: by whom, when and how.")]));
}

function resume(payload, facts) {
  if (!isPaused(facts)) return whole("Work is not paused.");
  if (moment(payload.at) <= moment(facts.pauses.at(-1).from)) return { at: say("Work was resumed before it was paused?") };
  return {};
}

const CHECKS = { step, delay_notice: delay, arrived, departed, result: item, hq_confirmation: item, new_need: newNeed, pause, left_site: left, resume, training, assessment, hq_answer: hqAnswer };

function isPaused(facts) {
  return facts.pauses.length > 0 && facts.pauses.at(-1).to === null;
}

function odd(time, at) {
  return time > at.getTime() + CLOCK_TOLERANCE && say("This time lies in the future. If it is right, say why.");
}

function unlessExplained(payload, name, sentence) {
  return sentence && !payload.odd_time_reason ? { [name]: sentence } : {};
}

function moment(text) {
  return Date.parse(text);
}

// What the entries of a visit add up to. The twin of visits/records/projection.py, held to it by shared vectors.
const LISTS = {
  part: "parts", request: "requests", promise: "promises", open_point: "open_points",
  photo: "photos", note: "notes", delay_notice: "delays", question: "questions", room_item: "room_items",
  training: "sessions", attendee: "attendees",
};

export function empty() {
  const lists = Object.fromEntries(Object.values(LISTS).map((name) => [name, []]));
  return { arrived_at: null, departed_at: null, steps: [], results: {}, confirmations: {}, assessments: {}, pauses: [], change: [], ...lists };
}

/** The record's facts from its accepted entries ({id, kind, payload, corrects}), in their order. */
export function project(entries) {
  const gone = new Set(entries.map((entry) => entry.corrects).filter(Boolean));
  const facts = empty(), first = new Map();
  for (const entry of entries) {
    const before = entry.corrects || entry.id;
    first.set(entry.id, first.get(before) ?? before);
    if (!gone.has(entry.id) && entry.kind !== "withdraw") apply(facts, entry, first.get(entry.id));
  }
  return facts;
}

function apply(facts, entry, first) {
  const payload = { entry: entry.id, ...entry.payload };
  const { kind } = entry;
  if (kind === "attendee") payload.key = first;
  if (LISTS[kind]) facts[LISTS[kind]].push(payload);
  else if (kind === "result") facts.results[payload.scope_item] = payload;
  else if (kind === "assessment") facts.assessments[payload.attendee] = payload;
  else if (kind === "hq_confirmation") facts.confirmations[payload.scope_item] = payload;
  else if (["change_start", "change_step", "change_end"].includes(kind)) facts.change.push({ what: kind, ...payload });
  else if (kind === "step") step(facts, payload.step);
  else if (kind === "arrived") facts.arrived_at = payload.arrived_at;
  else if (kind === "departed") facts.departed_at = payload.departed_at;
  else if (kind === "pause" || kind === "left_site") facts.pauses.push({ from: payload.at, to: null, reason: payload.reason, entry: payload.entry });
  else if (kind === "resume") resume(facts, payload);
}

function step(facts, name) {
  if (name === "work" && facts.departed_at) facts.departed_at = null; // work goes on after a departure noted too early
  facts.steps.push(name);
}

function resume(facts, payload) {
  const last = facts.pauses.at(-1);
  if (last && last.to === null) last.to = payload.at;
}

/** Scope positions that the customer cannot sign for yet. */
export function unsettled(facts, positions) {
  return positions.filter((position) => {
    const result = facts.results[position];
    return !result || (result.result !== "done" && !facts.confirmations[position]);
  });
}

// The way through a visit: set out, arrive, work, leave, signature. Each stage asks its rules first.
import { button, el, fill, words } from "./dom.js";
import { checklist, open, untaken } from "./checklist.js";
import { production } from "./change.js";
import { handOver } from "./hand_over.js";
import { roomItems } from "./items.js";
import { needButtons, needs } from "./needs.js";
import { caseButton, cases, questions } from "./questions.js";

const EXTRA = ["part", "request", "promise", "open_point", "photo", "note", "question"];
const BEGINNING = ["enter_room", "operate", "start_training"];
const ENDING = { end_training: "start_training", leave_room: "enter_room" }; // what each of them ends

export function showStages(page) {
  const { bundle } = page;
  const { state } = bundle.visit;
  const setOut = bundle.record.steps.includes("set_out");
  const arrived = Boolean(bundle.record.arrived_at);
  const finished = !["confirmed", "on_site"].includes(state);
  const here = !arrived ? (setOut ? 1 : 0) : finished ? 4 : 2;
  const stages = [
    stage(words.prepare, 0, here, () => prepare(page, setOut)),
    stage(words.arrive, 1, here, () => arrive(page)),
    stage(words.do, 2, here, () => work(page)),
    stage(words.leave, 3, here === 2 ? 3 : here, () => leave(page)),
    stage(words.sign, 4, here, () => sign(page)),
  ];
  fill("stages", ...stages);
}

function stage(title, index, here, content) {
  const when = index < here ? "done" : index === here ? "now" : "later";
  const body = when === "now" ? el("div", { class: "card-body" }, ...content().filter(Boolean)) : null;
  return el(
    "section", { class: `card mb-3 stage stage-${when}` },
    el("div", { class: "card-header" }, el("h2", { class: "card-title" }, `${index + 1}. ${title}`), el("span", { class: "ms-auto badge" }, words[when])),
    body,
  );
}

function prepare(page, setOut) {
  const waits = open(page, "set_out");
  return [
    checklist(page, "set_out"),
    el("div", { class: "d-flex flex-wrap gap-2" },
      setOut ? null : el("button", { class: "btn btn-primary btn-lg", disabled: waits, onclick: () => page.press("step", { step: "set_out" }) }, words.set_out),
      button(`${words.kinds.delay_notice} …`, () => page.ask("delay_notice")),
    ),
  ];
}

function arrive(page) {
  return [
    checklist(page, "set_out", true),
    el("div", { class: "d-flex flex-wrap gap-2" },
      button(`${words.kinds.arrived} …`, () => page.ask("arrived"), "btn btn-primary btn-lg"),
      button(`${words.kinds.delay_notice} …`, () => page.ask("delay_notice")),
    ),
  ];
}

function work(page) {
  const { bundle } = page;
  const paused = bundle.record.pauses.at(-1) && !bundle.record.pauses.at(-1).to;
  return [
    checklist(page, "work"),
    ...guardedOnes(page, BEGINNING),
    roomItems(page),
    production(page),
    trainingSheet(page),
    el("div", { class: "scope" }, ...bundle.scope.map((item) => scopeItem(page, item))),
    ...guardedOnes(page, Object.keys(ENDING)),
    el("h3", { class: "mt-4" }, words.add),
    el("div", { class: "d-flex flex-wrap gap-2" },
      ...EXTRA.map((kind) => button(`${words.kinds[kind]} …`, () => page.ask(kind))),
      ...needButtons(page),
      caseButton(page),
      ...(paused ? [button(`${words.kinds.resume} …`, () => page.ask("resume"), "btn btn-warning")] : ["pause", "left_site"].map((kind) => button(`${words.kinds[kind]} …`, () => page.ask(kind)))),
    ),
    ...questions(page),
    ...cases(bundle),
    ...needs(bundle),
    principles(bundle),
  ];
}

/** What holds all the time while one works, to be read again where it matters. */
function principles({ rules_here: rules }) {
  if (!rules?.working.length) return null;
  return el("details", { class: "mt-4", id: "principles" }, el("summary", { class: "text-secondary" }, words.principles), el("ul", { class: "mt-2" }, ...rules.working.map((text) => el("li", {}, text))));
}

function trainingSheet(page) {
  if (!page.bundle.visit.traits.includes("training")) return null;
  const card = el("section", { class: "card mb-3", id: "training" });
  import("./training.js").then(({ sheet }) => card.replaceChildren(...sheet(page)));
  return card;
}

function guardedOnes(page, steps) {
  return steps.filter((step) => page.bundle.checklist[step]).map((step) => guarded(page, step));
}

function guarded(page, step) {
  const { steps } = page.bundle.record;
  const taken = steps.includes(step);
  const isNext = !taken && (!ENDING[step] || steps.includes(ENDING[step]));
  return el(
    "details", { class: "mb-3", open: isNext },
    el("summary", { class: "h4" }, words.steps[step], taken ? ` · ${words.step_done}` : ""),
    checklist(page, step),
    taken ? null : el("button", { class: "btn", disabled: open(page, step), onclick: () => page.press("step", { step }) }, words.steps[step]),
  );
}

function scopeItem(page, item) {
  const { bundle } = page;
  const result = bundle.record.results[item.position];
  const confirmation = bundle.record.confirmations[item.position];
  const waiver = bundle.waivers?.[item.position];
  const label = result ? resultWord(result.result) : words.result_missing;
  const values = { scope_item: item.position, ...(result ?? {}) };
  return el(
    "div", { class: "scope-item" },
    el("div", { class: "flex-fill" },
      el("div", { class: "fw-bold" }, `${item.position}. ${item.text}`),
      el("span", { class: `badge state state-${result ? result.result : "open"}` }, label),
      result ? el("div", { class: "pre-line" }, result.action) : null,
      confirmation ? el("div", { class: "text-secondary" }, `${words.kinds.hq_confirmation}: ${confirmation.confirmed_name}, ${confirmation.confirmed_how}`) : null,
      confirmation && waiver ? waiverWord(waiver) : null,
    ),
    el("div", { class: "d-flex flex-column gap-2" },
      button(result ? words.correct : `${words.kinds.result} …`, () => page.ask("result", { values, corrects: result?.entry ?? null }), result ? "btn btn-sm" : "btn btn-primary"),
      result && result.result !== "done" && (!confirmation || waiver?.state === "contested") ? button(words.confirm_hq, () => page.ask("hq_confirmation", { values: { scope_item: item.position } }), "btn btn-sm btn-warning") : null,
    ),
  );
}

/** What the technical manager says to what was agreed by telephone. */
function waiverWord({ state, decision, decided_by: by }) {
  const said = [words[`waiver_${state}`], by, decision].filter(Boolean).join(" · ");
  return words[`waiver_${state}`] ? el("div", { class: state === "contested" ? "text-danger fw-bold" : "text-secondary", "data-waiver": state }, said) : null;
}

function resultWord(code) {
  const option = document.getElementById("form-result").content.querySelector(`option[value="${code}"]`);
  return option ? option.textContent : code;
}

function leave(page) {
  return [
    checklist(page, "finish"),
    button(`${words.kinds.departed} …`, () => page.ask("departed"), "btn btn-primary btn-lg"),
  ];
}

function sign(page) {
  const { bundle } = page;
  if (bundle.closed) return [el("p", {}, bundle.signedHere ? words.signed_here : words.closed)];
  const lacking = bundle.scope.filter((item) => bundle.unsettled.includes(item.position));
  const waits = open(page, "sign") || lacking.length > 0;
  const start = el("button", { class: "btn btn-primary btn-lg", type: "button", disabled: waits, onclick: () => handOver(page) }, words.to_sign);
  const elsewhere = waits ? null : el("a", { class: "btn", href: `/visits/${page.number}/signing-link/` }, words.sign_by_link);
  const missing = untaken(page).filter((question) => !question.passes);
  return [
    ...missing.map(({ code }) => el("div", { class: "alert alert-warning" }, words[`missing ${code}`])),
    checklist(page, "sign"),
    lacking.length ? el("div", { class: "alert alert-warning" }, words.lacking_items, ...lacking.map((item) => scopeItem(page, item))) : null,
    el("div", { class: "d-flex flex-wrap gap-2" }, start, elsewhere, button(words.resume_work, () => page.press("step", { step: "work" })), caseButton(page)),
    ...questions(page),
    ...cases(bundle),
    ...needs(bundle),
  ];
}

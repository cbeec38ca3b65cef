// A change in production on the record page: its form's state, its window, and each step of the runbook with its time.
import { before, checklist, open } from "./checklist.js";
import { button, el, words } from "./dom.js";
import { optionWord, span } from "./summary.js";
import { shown, toIso, toWall } from "./time.js";

const BEFORE = ["none", "draft", "asked", "approved", "withdrawn"];

/** The card, where the visit has a change in production; null for the others. */
export function production(page) {
  const { bundle } = page;
  const { change } = bundle;
  if (!change && !bundle.visit.traits.includes("production_change")) return null;
  const state = change?.state ?? "none";
  return el("section", { class: "card mb-3", id: "production", "data-state": state },
    el("div", { class: "card-header" }, el("h3", { class: "card-title" }, words.change), el("span", { class: `ms-auto badge state state-${state}` }, words[`change_state_${state}`])),
    el("div", { class: "card-body" }, ...content(page, change, state).filter(Boolean)));
}

function content(page, change, state) {
  const zone = page.bundle.site.time_zone;
  const head = change && el("p", {}, el("strong", {}, change.title), change.window_from ? el("div", { class: "num" }, `${words.change_window}: ${span(shown(change.window_from, zone), shown(change.window_to, zone))}`) : null);
  if (BEFORE.includes(state)) return [head, el("div", { class: "d-flex flex-wrap gap-2" }, ask(page, ["none", "withdrawn"].includes(state) && "change_request"), ask(page, "change_emergency"))];
  if (state === "ready") return [head, denial(change), steps(page, change), checklist(page, "start_change"), answerFirst(page), begin(page, zone)];
  if (state === "running") return [head, steps(page, change, true), checklist(page, "end_change"), ask(page, "change_end")];
  return [head, steps(page, change)];
}

function ask(page, kind) {
  return kind ? button(`${words.kinds[kind]} …`, () => page.ask(kind)) : null;
}

function denial({ denied }) {
  return denied ? el("div", { class: "alert alert-danger" }, denied) : null;
}

/** What is asked elsewhere on the page and has to be answered before. */
function answerFirst(page) {
  const steps = before(page, "start_change").map((step) => words.steps[step]);
  return steps.length ? el("div", { class: "alert alert-warning", "data-before": "" }, `${words.answer_first} ${steps.join(" · ")}`) : null;
}

/** Begun is noted at the minute in which it happens: a press, and no form. */
function begin(page, zone) {
  const now = () => toIso(toWall(new Date(), zone), zone);
  return el("button", { class: "btn btn-primary", disabled: open(page, "start_change"), onclick: () => page.press("change_start", { at: now() }) }, words.change_begin);
}

function steps(page, change, isRunning = false) {
  const zone = page.bundle.site.time_zone;
  const log = (page.bundle.record.change ?? []).filter((row) => row.what === "change_step");
  const texts = change.steps.length ? change.steps : [change.title];
  return el("ol", { class: "ps-3" }, ...texts.map((text, place) => el("li", { class: "mb-2" },
    el("div", {}, text),
    ...log.filter((row) => row.runbook_step === place + 1).map((row) => el("div", { class: "small text-secondary" }, `${shown(row.at, zone)} · ${optionWord("change_step", "result", row.result)} ${row.note}`)),
    isRunning ? button(`${words.change_note_step} …`, () => page.ask("change_step", { lead: [text], values: { runbook_step: place + 1 } }), "btn btn-sm") : null)));
}

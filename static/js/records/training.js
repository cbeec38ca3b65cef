// The training sheet on the record page: what was taught, who was there and signed, how each was assessed. Loaded where a visit has one.
import { SignaturePart } from "../signoff/pad.js";
import { packed, picture } from "../signoff/strokes.js";
import { button, el, words } from "./dom.js";
import { optionWord } from "./summary.js";
import { shown } from "./time.js";

/** The parts of the card. */
export function sheet(page) {
  const { record: { sessions = [], attendees = [], assessments = {} }, site } = page.bundle;
  const add = (kind) => button(`${words.kinds[kind]} …`, () => page.ask(kind));
  return [
    el("div", { class: "card-header" }, el("h3", { class: "card-title" }, words.training)),
    el("div", { class: "card-body" },
      sessions.length || attendees.length ? null : el("p", { class: "text-warning" }, words.training_none),
      ...sessions.map((row) => el("p", { class: "pre-line" }, el("span", { class: "num" }, `${shown(row.started_at, site.time_zone)} – ${shown(row.ended_at, site.time_zone).slice(11)} `), row.content)),
      el("ol", {}, ...attendees.map((row) => attendee(page, row, assessments[row.key]))),
      el("div", { class: "d-flex flex-wrap gap-2" }, add("training"), add("attendee"))),
  ];
}

function attendee(page, row, found) {
  const values = { attendee: row.key, ...found };
  return el("li", { class: "attendee" }, [row.name, row.unit].filter(Boolean).join(" · "), picture(row.signature),
    found ? el("div", {}, [optionWord("assessment", "result", found.result), found.score, found.remark].filter((part) => part || part === 0).join(" · ")) : null,
    button(found ? words.correct : words.assess, () => page.ask("assessment", { lead: [row.name], values, corrects: found?.entry ?? null }), "btn btn-sm"));
}

/** A pad that writes into a hidden field; what was signed before is shown until somebody signs anew. */
export function padFor(input) {
  const canvas = el("canvas");
  const part = new SignaturePart(canvas);
  const say = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  input.after(el("div", { class: "mb-3" }, el("div", { class: "form-label" }, input.dataset.pad), input.value ? picture(input.value) : null,
    el("div", { class: "pad" }, canvas), button(words.clear, () => { part.clear(); say(""); }, "btn btn-sm mt-1")));
  part.pad.addEventListener("endStroke", () => say(packed(part.strokes())));
  part.fit();
}

// Questions to headquarters with their answers, in writing or noted as said by telephone; and what was handed over to remote support.
import { button, el, words } from "./dom.js";
import { shown } from "./time.js";

const LOOK = { answered: "alert-success", told: "alert-warning", waiting: "alert-info" };
const CASE = { waiting: "alert-info", taken: "alert-info", closed: "alert-success" };

export function questions(page) {
  const { bundle } = page;
  const zone = bundle.site.time_zone;
  return bundle.questions.map((question) => {
    const state = question.answered ? "answered" : question.told ? "told" : "waiting";
    return el("div", { class: `alert mt-3 ${LOOK[state]}`, "data-question": state },
      el("div", { class: "fw-bold" }, question.text),
      ...SAID[state](question, (moment) => shown(moment, zone)),
      state === "waiting" && !bundle.closed ? button(`${words.answer_told} …`, () => ask(page, question), "btn btn-sm mt-2") : null);
  });
}

const SAID = {
  answered: (question, at) => [
    el("div", { class: "pre-line" }, `${words.answer}: ${question.answer}`),
    question.answered_at ? el("div", { class: "small" }, `${question.answered_by} · ${at(question.answered_at)}`) : null,
  ],
  told: ({ told }, at) => [
    el("div", { class: "pre-line" }, `${words.answer}: ${told.answer}`),
    el("div", { class: "small" }, `${told.answered_name} · ${at(told.answered_at)} · ${told.answered_how}`),
    el("div", { class: "small fw-bold" }, words.answer_claimed),
  ],
  waiting: (question, at) => [el("div", {}, question.due_at ? `${words.waits} · ${words.answer_by} ${at(question.due_at)}` : words.waits)],
};

/** By whom, when and what: headquarters confirms it in writing. */
function ask(page, question) {
  page.ask("hq_answer", { title: words.answer_told, lead: [question.text], values: { question: question.entry } });
}

export function caseButton(page) {
  const { contact } = page.bundle;
  const values = { contact: contact ? [contact.name, contact.telephone].filter(Boolean).join(" ") : "" };
  return button(`${words.remote_hand_over} …`, () => page.ask("hand_over", { title: words.remote_hand_over, values }));
}

export function cases({ remote_cases: rows = [] }) {
  return rows.map((row) => el("div", { class: `alert mt-3 ${CASE[row.state]}`, "data-case": row.state },
    el("div", { class: "fw-bold" }, row.wanted),
    el("div", {}, [words[`remote_${row.state}`], row.number, row.owner].filter(Boolean).join(" · "))));
}

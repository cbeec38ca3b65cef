// The rules that are asked before a step. "Yes" without evidence is one press; everything else asks for what it needs.
import { EARLIER } from "../rules/checks.js";
import { askedAgain } from "../rules/proofs.js";
import { button, el, words } from "./dom.js";

const ALLOWED = ["allowed_name", "allowed_at", "allowed_how", "allowed_why"];
const EVIDENCE = {
  none: [], note: ["note"], photo: ["file"], file: ["file"],
  approval: ["file", "evidence_name", "evidence_date"], signature: ["file", "evidence_name", "evidence_date"],
};

/** Does a rule still stop this step? */
export function open(page, step) {
  return asked(page, step).some((question) => !question.passes) || before(page, step).length > 0;
}

/** The steps before this one whose rules still stop it: they are asked where those steps are. */
export function before(page, step) {
  return (EARLIER[step] ?? []).filter((one) => open(page, one));
}

export function checklist(page, step, onlyOpen = false) {
  const questions = asked(page, step).filter((question) => !onlyOpen || !question.passes);
  return questions.length ? el("ul", { class: "checklist" }, ...questions.map((question) => row(page, question))) : null;
}

/** The questions of steps that nobody took, such as a machine room never entered, which wait for an answer before signing. */
export function untaken(page) {
  const { checklist: steps, visit, record } = page.bundle;
  const codes = askedAgain(visit.traits, record);
  return Object.values(steps).flat().filter((question) => codes.includes(question.code));
}

function asked(page, step) {
  return [...(page.bundle.checklist[step] ?? []), ...(step === "sign" ? untaken(page) : [])];
}

function row(page, question) {
  const codes = ["yes", "no", "not_applicable", ...(question.enforce === "gate" ? ["allowed_by"] : [])];
  const said = [question.is_shown && words[`shown ${question.code}`], question.note].filter(Boolean).join(" · ");
  return el(
    "li", { class: question.passes ? "passes" : "" },
    el("div", { class: "flex-fill" }, question.text,
      question.enforce === "gate" ? el("span", { class: "badge ms-2" }, words.gate) : null,
      said ? el("div", { class: "text-secondary small" }, said) : null),
    question.is_shown ? null : el("div", { class: "btn-group btn-group-sm flex-wrap", role: "group", "aria-label": question.text },
      ...codes.map((code) => {
        const chosen = question.answer === code;
        const press = button(words[code], () => answer(page, question, code), `btn${chosen ? " active" : ""}`);
        press.setAttribute("aria-pressed", String(chosen));
        return press;
      })),
  );
}

function answer(page, question, code) {
  const base = { rule_code: question.code, answer: code };
  const needs = code === "yes" ? EVIDENCE[question.evidence] : code === "allowed_by" ? ALLOWED : ["note"];
  if (needs.length === 0) return page.press("answer", base);
  return page.ask("answer", { title: words[code], lead: [question.text], values: base, only: needs });
}

// What an answer to a rule is worth. The twin of conduct/checklists/gates.py, held to it by shared vectors.
import { say } from "./say.js";

const ANSWERS = ["yes", "no", "not_applicable", "allowed_by"];
const ALLOWANCE = ["allowed_name", "allowed_at", "allowed_how", "allowed_why"];

/** {field: sentence} of what an answer (a cleaned "answer" payload) lacks to be complete. */
export function lacking(enforce, evidence, given) {
  if (!ANSWERS.includes(given.answer)) return { answer: say("Choose an answer.") };
  if (given.answer === "not_applicable" && !given.note) return { note: say("Say why it does not apply.") };
  if (given.answer === "no" && !given.note) return { note: say("Say what is in the way.") };
  if (given.answer === "allowed_by") {
    if (enforce !== "gate") return { answer: say("Only a gate needs headquarters' leave.") };
    const lacks = ALLOWANCE.filter((name) => !given[name]);
    return Object.fromEntries(lacks.map((name) => [name, say("Needed, because headquarters allowed an exception.")]));
  }
  return given.answer === "yes" ? lackingEvidence(evidence, given) : {};
}

function lackingEvidence(evidence, given) {
  if (evidence === "note" && !given.note) return { note: say("This rule asks for a note.") };
  if (evidence === "photo" && !given.file) return { file: say("This rule asks for a photo.") };
  if (evidence === "file" && !given.file) return { file: say("This rule asks for a file.") };
  if (evidence !== "approval" && evidence !== "signature") return {};
  const lacks = given.file ? {} : { file: say("This rule asks for a scan of the signed paper.") };
  if (!given.evidence_name) lacks.evidence_name = say("Who signed it?");
  if (!given.evidence_date) lacks.evidence_date = say("When was it signed?");
  return lacks;
}

/** May the step go on after this answer? `answer` is null while nobody answered. */
export function letsPass(enforce, answer) {
  return answer !== null && (enforce === "check" || answer !== "no");
}

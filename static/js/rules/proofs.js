// What the product holds itself, so that a rule asks for no scan of it. The twin of visits/records/proofs.py, held to it by shared vectors.
const CHANGE_FORM = "change.form", ATTENDANCE = "training.attendance", ASSESSMENT = "training.assessment";
export const CODES = [CHANGE_FORM, ATTENDANCE, ASSESSMENT];
const CONSENT = "room.consent";
const BOTH_SIGNED = ["ready", "running", "done", "rolled_back", "accepted"];

/** {rule code: note of the answer}. `change` is the bundle's or null, `facts` are the record's. */
export function shown(change, facts) {
  const found = {};
  if (change && BOTH_SIGNED.includes(change.state)) found[CHANGE_FORM] = change.is_emergency ? change.title : change.number;
  if (facts.sessions?.length && facts.attendees?.length) {
    found[ATTENDANCE] = "";
    if (facts.attendees.every((row) => row.key in facts.assessments)) found[ASSESSMENT] = "";
  }
  return found;
}

/** The rules that are asked before signing as well, because nobody took the step that asks them. */
export function askedAgain(traits, facts) {
  const again = traits.includes("machine_room") && !facts.steps.includes("enter_room") ? [CONSENT] : [];
  if (!traits.includes("training") || facts.steps.includes("end_training")) return again;
  return [...again, ATTENDANCE, ...(ATTENDANCE in shown(null, facts) ? [ASSESSMENT] : [])];
}

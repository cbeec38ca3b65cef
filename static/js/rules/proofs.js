// What the product holds itself, so that a rule asks for no scan of it. The twin of visits/records/proofs.py, held to it by shared vectors.
const CHANGE_FORM = "change.form", ATTENDANCE = "training.attendance";
export const CODES = [CHANGE_FORM, ATTENDANCE];
const BOTH_SIGNED = ["ready", "running", "done", "rolled_back", "accepted"];

/** {rule code: note of the answer}. `change` is the bundle's or null, `facts` are the record's. */
export function shown(change, facts) {
  const found = {};
  if (change && BOTH_SIGNED.includes(change.state)) found[CHANGE_FORM] = change.is_emergency ? change.title : change.number;
  if (facts.sessions?.length && facts.attendees?.length) found[ATTENDANCE] = "";
  return found;
}

/** The rule that is asked before signing as well, or null. */
export function askedAgain(traits, facts) {
  return traits.includes("training") && !facts.steps.includes("end_training") ? ATTENDANCE : null;
}

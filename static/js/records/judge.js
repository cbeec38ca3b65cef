// The server's judgement on a new entry, made here: well-formed fields, what speaks against it, the rules that stop its step.
import { againstChange } from "../rules/change.js";
import { against, EARLIER, stepBefore } from "../rules/checks.js";
import { findContacts } from "../rules/contacts.js";
import { clean } from "../rules/fields.js";
import { againstFinding } from "../rules/finding.js";
import { lacking } from "../rules/gates.js";
import { say } from "../rules/say.js";
import { Refusal } from "./refusal.js";

/** The cleaned payload; throws Refusal. `rules` is what the page handed over: {kinds, max_entries}. */
export function judge(rules, bundle, kind, sent, corrects) {
  const { payload, errors } = clean(rules.kinds, kind, sent);
  if (Object.keys(errors).length) throw new Refusal({ message: say("Please look at the marked fields."), fields: errors });
  const fields = against(kind, payload, {
    facts: bundle.record, state: bundle.closed ? "closed" : bundle.visit.state, planned_start: bundle.visit.planned_start,
    positions: bundle.scope.map((item) => item.position), entry_count: bundle.entry_count, max_entries: rules.max_entries, at: new Date(),
  });
  checkTarget(bundle, kind, corrects, fields);
  Object.assign(fields, contactErrors(rules, bundle, kind, payload));
  if (kind === "result" && !Object.keys(fields).length) {
    Object.assign(fields, againstFinding(payload, bundle.order.stated_cause, bundle.questions.some((question) => question.answered || question.told)));
  }
  if (!Object.keys(fields).length) Object.assign(fields, againstChange(kind, payload, bundle.change, new Date(), bundle.record.change));
  if (payload.file && !bundle.files[payload.file]) fields.file = say("The file was not received yet.");
  if (kind === "answer" && !Object.keys(fields).length) Object.assign(fields, answerLacks(bundle, payload));
  const step = stepBefore(kind, payload);
  const stopping = step && !Object.keys(fields).length ? [...(EARLIER[step] ?? []), step].flatMap((one) => bundle.checklist[one] ?? []).filter((question) => !question.passes) : [];
  if (stopping.length) {
    const named = stopping.map((question) => question.text).join(say("; "));
    throw new Refusal({ message: say("First answer: %(rules)s", { rules: named }), rules: stopping });
  }
  const [first] = Object.values(fields);
  if (first) throw new Refusal({ message: first, fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, [text]])) });
  return payload;
}

function checkTarget(bundle, kind, corrects, fields) {
  const target = bundle.entries.find((entry) => entry.id === corrects);
  if (corrects && (!target || ["step", "answer"].includes(target.kind))) fields[""] = say("The entry that this one corrects is not part of this record.");
  if (kind === "withdraw" && !corrects) fields[""] = say("Say which entry is withdrawn.");
}

function answerLacks(bundle, payload) {
  const question = Object.values(bundle.checklist).flat().find((row) => row.code === payload.rule_code);
  if (!question) return { rule_code: say("This rule is not asked here.") };
  return lacking(question.enforce, question.evidence, payload);
}

/** {field: sentence} for each text that the customer reads and that gives a private contact or the engineer's real name away. */
function contactErrors(rules, bundle, kind, payload) {
  const fields = {};
  if (kind === "note" && !payload.for_customer) return fields;
  for (const name of rules.contacts.customer_reads[kind] ?? []) {
    const found = payload[name] ? findContacts(payload[name], bundle.contacts_allowed ?? []) : [];
    const shown = found.slice(0, 3).map((row) => `“${row.text}”`).join(", ");
    if (found.length) fields[name] = say("%(found)s is a private contact. Customers get none: give the hotline %(hotline)s; later remote help goes to the online engineer.", {
      found: shown, hotline: bundle.company.hotline,
    });
    else if (isNamed(bundle.secret_name, payload[name])) fields[name] = say("The customer knows %(real)s as “%(agreed)s”; write that name.", {
      real: bundle.secret_name, agreed: bundle.visit.identity.name,
    });
  }
  return fields;
}

function isNamed(real, text) {
  return Boolean(real && text?.toLowerCase().includes(real.toLowerCase()));
}

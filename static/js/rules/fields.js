// Is a payload well formed? The twin of visits/records/schema.py: shared vectors hold both to the same answers.
import { say } from "./say.js";

// Exactly this set at both ends; JavaScript's trim() has another one.
const EDGE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+";
const EDGES = new RegExp(`^${EDGE}|${EDGE}$`, "g");
const NOT_TEXT = /[\0\ud800-\udfff]/gu;
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d{3}(?:\d{3})?)?)?(Z|[+-]\d\d:\d\d)$/;
const WHOLE = /^[+-]?\d+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** NFC, LF line ends, no lone surrogates, no NUL, trimmed: how every text is stored and hashed. */
export function normal(text) {
  return text.replace(NOT_TEXT, "").replace(/\r\n?/g, "\n").normalize("NFC").replace(EDGES, "");
}

/** {payload, errors}: the cleaned payload and {field: [sentence]}. `kinds` is {kind: {field: {type, required, max, choices}}}. */
export function clean(kinds, kind, sent) {
  if (!Object.hasOwn(kinds, kind)) return { payload: {}, errors: { kind: [say("This kind of entry is not known.")] } };
  const payload = {}, errors = {};
  for (const name of Object.keys(sent)) if (!Object.hasOwn(kinds[kind], name)) errors[name] = [say("This field is not known.")];
  for (const [name, rule] of Object.entries(kinds[kind])) {
    try {
      payload[name] = value(rule, sent[name]);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      errors[name] = [error.message];
    }
  }
  return { payload, errors };
}

class Wrong extends Error {}

function value(rule, given) {
  const read = typeof given === "string" ? normal(given) : given;
  if (read === undefined || read === null || read === "") {
    if (rule.required) throw new Wrong(say("This is needed."));
    return rule.type === "yes" ? false : rule.type === "number" ? null : "";
  }
  return READERS[rule.type](rule, read);
}

function text(rule, given) {
  if (typeof given !== "string") throw new Wrong(say("A text was expected."));
  const length = [...given].length;
  if (length > rule.max) throw new Wrong(say("At most %(max)d characters; this has %(length)d.", { max: rule.max, length }));
  return given;
}

function time(rule, given) {
  const parts = typeof given === "string" && MOMENT.exec(given);
  if (!parts || !isDay(...parts.slice(1, 4)) || parts[4] > 23 || parts[5] > 59) throw new Wrong(say("A date and a time were expected."));
  const [, year, month, day, hour, minute, zone] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}${zone === "Z" || zone === "-00:00" ? "+00:00" : zone}`;
}

function date(rule, given) {
  const parts = typeof given === "string" && /^(\d{4})-(\d\d)-(\d\d)$/.exec(given);
  if (!parts || !isDay(...parts.slice(1))) throw new Wrong(say("A date was expected."));
  return given;
}

function isDay(year, month, day) {
  const moment = new Date(Date.UTC(year, month - 1, day));
  return Number(year) >= 1 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === Number(day);
}

function whole(given, sentence) {
  if (typeof given === "number" && Number.isFinite(given)) return Math.trunc(given);
  if (typeof given === "boolean") return Number(given);
  if (typeof given !== "string" || !WHOLE.test(given)) throw new Wrong(say(sentence));
  return Number(given);
}

function number(rule, given) {
  const read = whole(given, "A whole number was expected.");
  if (read < 0 || read > rule.max) throw new Wrong(say("A number from 0 to %(max)d was expected.", { max: rule.max }));
  return read;
}

function choice(rule, given) {
  if (!rule.choices.includes(given)) throw new Wrong(say("Choose one of the list."));
  return given;
}

function file(rule, given) {
  if (typeof given !== "string" || !UUID.test(given)) throw new Wrong(say("The file was not received yet."));
  return given.toLowerCase();
}

const PACKED = /^\d{1,4} \d{1,4}(?: M\d{1,4} \d{1,4}(?: -?\d{1,4} -?\d{1,4})+)+$/;

/** Strokes as a short text: the pad's width and height, then each stroke as its first point and steps. */
function signature(rule, given) {
  const read = text(rule, given);
  if (!PACKED.test(read)) throw new Wrong(say("The signature did not arrive whole. Please sign again."));
  const steps = read.split(" M").slice(1).flatMap((stroke) => stroke.split(" ").slice(2));
  if (steps.reduce((far, step) => far + Math.abs(step), 0) < 40) throw new Wrong(say("Please sign with your name; a dot is not enough."));
  return read;
}

const READERS = {
  text, long: text, time, date, number, choice, file, signature,
  yes: (rule, given) => given === true || given === "true" || given === "on" || given === "1" || given === 1,
  item: (rule, given) => whole(given, "Choose a scope item."),
};

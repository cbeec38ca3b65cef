// Private contact details in what a customer gets. The twin of conduct/privacy/detect.py: the patterns come from there.
let source = null;
let is = {};
let nothing = [];
const BEFORE = 14;
const NEAR = 3;

/** Take the patterns that the page handed over. */
export function learn(patterns) {
  source = patterns;
  is = Object.fromEntries(Object.entries(patterns.patterns).map(([name, text]) => [name, new RegExp(text, "i")]));
  nothing = patterns.not_contacts.map((text) => new RegExp(text, "gi"));
}

/** [{kind, text, normal}, …] in their order, without those that are allowed: numbers and addresses in any writing. */
export function findContacts(text, allowed = []) {
  const reading = read(text);
  const known = new Set(allowed.filter(Boolean).map(normal));
  const masked = nothing.reduce((left, pattern) => left.replace(pattern, (part) => "\ufffc".repeat(part.length)), reading.text);
  const found = [];
  for (const row of [...emails(masked), ...wechat(masked), ...qq(masked), ...telephones(masked)]) {
    if (!found.some((other) => row.start < other.end && row.end > other.start)) found.push(row);
  }
  return found.filter((row) => !isKnown(row, known)).sort((a, b) => a.start - b.start)
    .map((row) => ({ kind: row.kind, normal: row.normal, text: text.slice(reading.places[row.start], reading.places[row.end]).trim() }));
}

/** One way to write a number or an address, to compare by. */
export function normal(value) {
  const plain = read(value).text;
  if (plain.includes("@")) return plain.replace(/\s/g, "").toLowerCase();
  const digits = plain.replace(/[^0-9]/g, "");
  return digits.length >= 5 && (plain.match(/[a-z]/gi) ?? []).length <= 2 ? national(digits) : plain.trim().toLowerCase();
}

function isKnown(row, known) {
  if (row.kind !== "telephone") return known.has(row.normal);
  return [...known].some((number) => /^[0-9]{7,}$/.test(number) && row.normal.startsWith(number));
}

/** {text, places}: digits in plain writing, and where each character stood. */
function read(original) {
  return english(chinese(plain(original)));
}

function plain(original) {
  let text = "";
  const places = [];
  let place = 0;
  for (const sign of original) {
    if (!/\p{Cf}/u.test(sign)) {
      const normalized = sign.normalize("NFKC");
      text += normalized;
      for (let unit = 0; unit < normalized.length; unit += 1) places.push(place);
    }
    place += sign.length;
  }
  return { text, places: [...places, original.length] };
}

function chinese({ text, places }) {
  const signs = text.split("");
  for (const run of text.matchAll(all("numerals"))) {
    const start = run.index, end = start + run[0].length;
    const near = end - start < 3 ? 1 : NEAR;
    const around = text.slice(Math.max(start - near, 0), start) + text.slice(end, end + near);
    const within = /[0-9]/.test(around) || (near > 1 && is.numerals.test(around));
    if (end - start >= source.dictated || within) for (let at = start; at < end; at += 1) signs[at] = source.digits[signs[at]];
  }
  return { text: signs.join(""), places };
}

function english(reading) {
  let text = "";
  let last = 0;
  const places = [];
  for (const word of reading.text.matchAll(all("words"))) {
    text += reading.text.slice(last, word.index);
    places.push(...reading.places.slice(last, word.index));
    const parts = word[0].toLowerCase().split(/[\s-]+/);
    const digits = source.english[parts.at(-1)].repeat({ double: 2, triple: 3 }[parts[0]] ?? 1);
    text += digits;
    for (let unit = 0; unit < digits.length; unit += 1) places.push(reading.places[word.index]);
    last = word.index + word[0].length;
  }
  return { text: text + reading.text.slice(last), places: [...places, ...reading.places.slice(last)] };
}

function all(name) {
  return new RegExp(is[name].source, "gi");
}

function row(kind, match, value) {
  return { kind, start: match.index, end: match.index + match[0].length, normal: value };
}

function* telephones(text) {
  for (const run of text.matchAll(all("run"))) {
    const before = text.slice(Math.max(run.index - BEFORE, 0), run.index);
    if (is.thing.test(before) || countsUp(run[0])) continue;
    const number = telephone(run[0].replace(/[^0-9]/g, ""), run[0].slice(0, 3).includes("+"), is.called.test(before));
    if (number) yield row("telephone", run, number);
  }
}

function telephone(digits, plus, called) {
  const number = national(digits);
  if (is.mobile.test(number) || is.service.test(number)) return number;
  if (is.landline.test(number) && number.length <= 17) return number;
  if (plus && digits.startsWith("86") && is.landline.test(`0${number}`)) return `0${number}`;
  if (plus && digits.length >= 8 && digits.length <= 15) return digits;
  if (called && [7, 8].includes(digits.length) && !"01".includes(digits[0])) return digits;
  return is.mobile.test(number.slice(0, 11)) && is.mobile.test(number.slice(11)) ? number : null;
}

function national(digits) {
  const without = digits.replace(is.country, "");
  return is.area_without_zero.test(without) ? `0${without}` : without;
}

function countsUp(run) {
  const parts = run.match(/[0-9]+/g).map(Number);
  return parts.length > 3 && Math.max(...parts) < 100 && parts.every((part, place) => place === 0 || part > parts[place - 1]);
}

function* wechat(text) {
  for (const match of text.matchAll(all("wechat"))) {
    const around = text.slice(Math.max(match.index - 2, 0), match.index + match[0].lastIndexOf(match[1]));
    const name = match[1].toLowerCase();
    if (is.machine.test(around) || is.plain_word.test(name) || new RegExp(`^${is.machine.source}`, "i").test(name)) continue;
    yield row("wechat", match, /^[0-9]/.test(name) ? national(name.replace(/[^0-9]/g, "")) : name);
  }
}

function* qq(text) {
  for (const match of text.matchAll(all("qq"))) yield row("qq", match, match[1].replace(/[^0-9]/g, ""));
}

function* emails(text) {
  for (const match of text.matchAll(all("email"))) yield row("email", match, `${match[1]}@${match[2].replace(all("dot"), ".")}`.toLowerCase());
}

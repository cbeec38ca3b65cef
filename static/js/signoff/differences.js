// Where two statements differ, in the words of the page: the twin of visits/signoff/difference_words.py.
import { words } from "../records/dom.js";

export function inWords(rows) {
  return rows.map(({ field, before, after }) => ({ field: name(field), before: value(field, before), after: value(field, after) }));
}

function name(path) {
  const [first, ...rest] = path.split(".");
  const place = /^\d+$/.test(rest[0] ?? "") ? ` ${rest.shift()}` : "";
  return [`${words.fields[first] ?? first}${place}`, ...rest.map((key) => words.fields[key] ?? key)].join(" · ");
}

function value(path, written) {
  if (path.endsWith(".result")) return words.results[written] ?? written;
  if (path.endsWith(".signature")) return written && "✓";
  if (path.endsWith(".answer")) return words.answers[written] ?? written;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/.test(written)) return written.slice(0, 16).replace("T", " ");
  return /^[0-9a-f]{64}$/.test(written) ? written.slice(0, 12).toUpperCase() : written;
}

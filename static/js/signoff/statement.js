// The statement as a document for the customer to read. It shows what is hashed, and nothing else.
import { el, fill, words } from "../records/dom.js";
import { picture } from "./strokes.js";

export const time = (iso) => (iso ? iso.slice(0, 16).replace("T", " ") : "–");

export function showStatement({ statement, changes }) {
  const s = statement;
  fill("statement",
    el("header", { class: "mb-3" },
      el("div", { class: "text-secondary" }, s.company.name),
      el("h1", { class: "h2" }, document.title),
      el("div", { class: "num" }, `${s.number} · ${words.version} ${s.version}`)),
    changes.length ? changed(changes) : null,
    facts([
      [words.site, [s.customer.name, s.site.name, s.site.address].filter(Boolean).join("\n")],
      [words.engineer, `${s.identity.name} · ${s.identity.capacity}`],
      [words.planned, `${time(s.planned.start)} – ${time(s.planned.end).slice(11)}`],
      [words.arrived, time(s.arrived_at)], [words.departed, time(s.departed_at)],
      [words.pauses, s.pauses.map((pause) => `${time(pause.from)} – ${time(pause.to).slice(11)} ${pause.reason}`).join("\n")],
      [words.fault, s.order.reported_fault], [words.cause, s.order.stated_cause],
      [words.equipment, s.equipment.map((item) => [item.name, item.model, item.serial].filter(Boolean).join(" · ")).join("\n")],
    ]),
    el("h2", { class: "h3 mt-4" }, words.scope), ...s.scope.map(item),
    ...(s.change ? section(words.change, [s.change], inShort) : []),
    ...section(words.parts, s.parts, (part) => `${part.name} × ${part.quantity}  ${part.old_serial} → ${part.new_serial}`),
    ...section(words.requests, s.requests, (row) => row.text),
    ...section(words.promises, s.promises, (row) => `${row.text} (${words.due} ${row.due})`),
    ...section(words.open_points, s.open_points, (row) => row.text),
    ...section(words.notes, s.notes, (row) => row.text),
    ...section(words.photos, s.photos.filter((row) => row.caption), (row) => row.caption),
    ...(s.training ? training(s.training) : []),
    s.checklist.length ? conduct(s.checklist) : null,
  );
}

export function facts(rows) {
  const list = el("dl", { class: "facts" });
  for (const [label, value] of rows) if (value) list.append(el("dt", {}, label), el("dd", { class: "pre-line" }, value));
  return list;
}

function item(row) {
  const lines = [[words.cause, row.cause], [words.action, row.action], [words.prevention, row.prevention]];
  if (row.confirmed) lines.push([words.confirmed, `${row.confirmed.name} · ${time(row.confirmed.at)} · ${row.confirmed.how}`]);
  return el("section", { class: "scope-item d-block" },
    el("div", { class: "d-flex justify-content-between gap-2" },
      el("strong", {}, `${row.position}. ${row.text}`),
      el("span", { class: `badge state state-${row.result}` }, words.results[row.result] ?? "")),
    facts(lines));
}

/** A change in production in one line, as on the paper. */
function inShort({ title, started_at, ended_at, steps, outcome }) {
  const span = `${time(started_at)} – ${ended_at ? time(ended_at).slice(11) : ""}`;
  return [title, span, `${words.steps_done}: ${steps}`, words.outcomes[outcome]].filter(Boolean).join(" · ");
}

function training({ sessions, minutes, attendees }) {
  return [el("h2", { class: "h3 mt-4" }, `${words.training} · ${minutes} ${words.minutes}`),
    facts(sessions.map((row) => [`${time(row.started_at)} – ${time(row.ended_at).slice(11)}`, row.content])),
    el("ol", {}, ...attendees.map((row) => el("li", { class: "attendee" }, [row.name, row.unit, words.results[row.result], row.score, row.remark].filter((part) => part || part === 0).join(" · "), picture(row.signature))))];
}

function section(title, rows, text) {
  if (!rows.length) return [];
  return [el("h2", { class: "h3 mt-4" }, title), el("ul", {}, ...rows.map((row) => el("li", { class: "pre-line" }, text(row))))];
}

function conduct(rows) {
  return el("details", { class: "mt-4" }, el("summary", { class: "h3" }, words.checklist),
    el("ul", {}, ...rows.map((row) => el("li", {}, `${row.text}: ${words.answers[row.answer]}${row.note ? ` (${row.note})` : ""}`))));
}

function changed(changes) {
  return el("div", { class: "alert alert-warning" }, el("strong", {}, words.changes),
    el("ul", {}, ...changes.map((row) => el("li", {}, `${row.field}: ${row.before || "–"} → ${row.after || "–"}`))));
}

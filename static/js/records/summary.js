// What the visit is about, and what has happened so far.
import { button, el, fill, words } from "./dom.js";
import { shown } from "./time.js";

export function showFacts(page) {
  const { bundle } = page;
  const { visit, site, contact, order } = bundle;
  const rows = [
    [words.planned, span(shown(visit.planned_start, site.time_zone), shown(visit.planned_end, site.time_zone))],
    [words.site, [site.name, site.address].filter(Boolean).join("\n")],
    [words.access_hours, site.access_hours],
    [words.contact, contact && [contact.name, contact.position, contact.telephone].filter(Boolean).join(" · ")],
    [words.identity, `${visit.identity.name} · ${visit.identity.capacity}`],
    [words.hotline, bundle.company.hotline],
    [words.fault, order.reported_fault],
    [words.cause, order.stated_cause],
    [words.equipment, bundle.equipment.map((item) => [item.number, item.name, item.model].filter(Boolean).join(" ")).join("\n")],
    ...atTheDoor(bundle.entry_pack),
  ];
  const list = el("dl", { class: "facts facts-narrow" });
  for (const [label, value] of rows) if (value) list.append(el("dt", {}, label), el("dd", { class: "pre-line" }, value));
  fill("facts", list, earlier(page));
}

/** "2026-11-24 09:05 – 11:00", with the second day where it is another one. */
export function span(from, to) {
  return `${from} – ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}

/** What the keeper of a machine room asks for before anybody comes in. */
function atTheDoor(pack) {
  if (!pack) return [];
  return [[words.permit, pack.permit], [words.people, pack.people], [words.tools, pack.tools], [words.escort, pack.escort], [words.house_rules, pack.house_rules]];
}

/** Photos of earlier visits at this site: from this laptop where they lie on it. */
function earlier(page) {
  const visits = page.bundle.earlier ?? [];
  if (!visits.length) return null;
  return el("details", { class: "mt-3" }, el("summary", {}, words.earlier), ...visits.map((visit) => el("div", { class: "mt-2" },
    el("div", { class: "small text-secondary num" }, `${visit.date} · ${visit.record_number}`),
    ...visit.photos.map((photo) => el("div", {}, button(photo.caption || words.photo, async () => window.open((await page.desk.earlierUrl(photo)) ?? photo.url, "_blank"), "btn btn-sm btn-link px-0"))))));
}

const TEXT = {
  step: (payload) => words.steps[payload.step],
  answer: (payload, bundle) => `${ruleText(bundle, payload.rule_code)}: ${words[payload.answer]}${payload.note ? ` (${payload.note})` : ""}`,
  result: (payload) => `${payload.scope_item}. ${payload.action}`,
  part: (payload) => `${payload.name} × ${payload.quantity} ${payload.old_serial} → ${payload.new_serial}`,
  promise: (payload) => `${payload.text} (${payload.due})`,
  photo: (payload) => payload.caption,
  left_site: (payload) => `${payload.reason} · ${payload.ours_name || words.no_ours} · ${payload.theirs_name || words.no_theirs}`,
  room_item: (payload) => `${payload.name} × ${payload.quantity} · ${optionWord("room_item", "direction", payload.direction)}`,
  training: (payload) => payload.content,
  attendee: (payload) => `${payload.name} ${payload.unit}`,
  assessment: (payload) => `${optionWord("assessment", "result", payload.result)} ${payload.score ?? ""} ${payload.remark}`,
  hq_answer: (payload) => `${payload.answer} (${payload.answered_name}, ${payload.answered_how})`,
  hand_over: (payload) => `${payload.wanted} (${payload.contact})`,
  change_request: (payload) => `${payload.text} (${payload.requested_name})`,
  change_step: (payload) => `${payload.runbook_step}. ${optionWord("change_step", "result", payload.result)} ${payload.note}`,
  change_end: (payload) => `${optionWord("change_end", "outcome", payload.outcome)} ${payload.note}`,
};
const TIME = { training: "started_at", arrived: "arrived_at", departed: "departed_at", pause: "at", left_site: "at", resume: "at", change_start: "at", change_step: "at", change_end: "at", delay_notice: "new_time", hq_confirmation: "confirmed_at", hq_answer: "answered_at" };
const FIXED = new Set(["step", "answer", "withdraw", "question", "hq_answer", "new_need", "hand_over", "delay_notice", "change_request", "change_emergency", "change_start", "change_step", "change_end"]);

export function showTimeline(page) {
  const { bundle } = page;
  const gone = new Set(bundle.entries.map((entry) => entry.corrects).filter(Boolean));
  const items = [...bundle.entries].reverse().map((entry) => item(page, entry, gone.has(entry.id)));
  fill("timeline", ...(items.length ? items : [el("li", { class: "list-group-item text-secondary" }, words.nothing_yet)]));
}

function item(page, entry, isGone) {
  const { bundle } = page;
  const zone = bundle.site.time_zone;
  const text = (TEXT[entry.kind] ?? plain)(entry.payload, bundle);
  const time = TIME[entry.kind] && shown(entry.payload[TIME[entry.kind]], zone);
  const isOpen = !isGone && !FIXED.has(entry.kind) && entry.state === "accepted" && bundle.visit.state === "on_site" && !page.desk.readOnly;
  return el(
    "li", { class: `list-group-item${isGone ? " gone" : ""}`, "data-entry": entry.id, "data-local": entry.local ?? "" },
    el("div", { class: "d-flex justify-content-between gap-2" }, el("strong", {}, entry.label), el("span", { class: "num" }, time || "")),
    text ? el("div", { class: "pre-line" }, text) : null,
    entry.payload.file ? fileLink(page, entry.payload.file) : null,
    entry.isLeftOut ? el("div", { class: "small text-warning-emphasis" }, words.not_covered) : null,
    el("div", { class: "small text-secondary" }, isGone ? `${words.corrected} · ` : "", fate(entry, zone)),
    isOpen ? tools(page, entry) : null,
  );
}

/** Where this entry is: on this laptop, with headquarters, or refused and why. */
function fate(entry, zone) {
  if (entry.local === "waiting") return el("span", { class: "on-laptop" }, `${words.on_laptop} ${shown(entry.since, zone)}`);
  if (entry.waits || entry.state === "waiting") return `${words.received} ${shown(entry.received_at, zone)} · ${entry.reason}`;
  if (entry.state !== "accepted") return el("span", { class: "text-danger" }, `${words.set_aside} ${entry.reason}`);
  return `${words.received} ${shown(entry.received_at, zone)}`;
}

function fileLink(page, id) {
  const address = `/visits/${page.number}/files/${id}/`;
  return el("a", { href: address, target: "_blank", onclick: async (event) => {
    if (!page.bundle.here?.has(id)) return;
    event.preventDefault();
    const url = await page.desk.fileUrl(id);
    window.open(url ?? address, "_blank");
  } }, page.bundle.files[id] ?? "");
}

function tools(page, entry) {
  return el(
    "div", { class: "d-flex gap-2 mt-1" },
    button(words.correct, () => page.ask(entry.kind, { values: entry.payload, corrects: entry.id }), "btn btn-sm"),
    ["arrived", "departed", "result"].includes(entry.kind) ? null : button(words.withdraw, () => page.press("withdraw", {}, entry.id), "btn btn-sm btn-ghost-danger"),
  );
}

/** A choice's word, from the form that offers it. */
export function optionWord(kind, name, code) {
  return document.getElementById(`form-${kind}`).content.querySelector(`[name=${name}] option[value="${code}"]`)?.textContent ?? code;
}

function plain(payload) {
  return payload.text || payload.reason || payload.confirmed_name || "";
}

function ruleText(bundle, code) {
  return Object.values(bundle.checklist).flat().find((question) => question.code === code)?.text ?? code;
}

// What is in the hand: an order or a visit, carried by pointer or keyboard from place to place. Before the drop the server says
// what speaks against each engineer at that time; at the drop it decides again.
import * as at from "./geometry.js";
import { lost, refresh, say } from "./live.js";
import { send } from "./panel.js";
import { ask } from "./server.js";

const ghost = document.getElementById("board-ghost"), tip = document.getElementById("board-tip");
// Texts that change, not nodes that come and go: after each of those the browser finds the style of the whole page anew, for the
// sake of the framework's :has().
const when = new Text(), what = new Text(), voice = new Text();
const known = new Map();
let hand = null, asking = false;
tip.append(document.createElement("strong"), what);
tip.firstChild.append(when);
document.getElementById("board-say").append(voice);

export const isCarrying = () => hand !== null;
/** Read a text aloud to whoever does not see the board. */
export const speak = (text) => { voice.data = text; };
const words = () => document.getElementById("board-words").dataset;
const board = () => document.getElementById("board");

/** Take a bar or an order up. `edge` means its length. */
export function pick(element, { edge = false, x = null } = {}) {
  const grid = at.gridOf(board()), rows = at.rowsOf(board()), row = element.closest("[data-engineer]") || rows[0];
  if (!row) return;
  const { visit, order, version, state, s, e, minutes } = element.dataset;
  const start = visit ? Number(s) : firstStart(grid), end = visit ? Number(e) : start + Number(minutes);
  hand = { element, visit, order, version, state, edge, grid, rows, row, start, end, from: { row, start, end, x, column: x === null ? 0 : at.columnAt(row, grid, x) } };
  element.classList.add("carried");
  known.clear();
  draw();
}

function firstStart(grid) {
  const day = grid.now > 0 && grid.now < grid.columns * grid.step ? Math.floor(grid.now / 1440) + (grid.now % 1440 > 8 * 60 ? 1 : 0) : 0;
  return Math.min(day, (grid.columns * grid.step) / 1440 - 1) * 1440 + 9 * 60;
}

/** The pointer is here now. */
export function follow(x, y) {
  const { grid, rows, from } = hand;
  scrollAlong(x, y);
  const row = hand.edge ? from.row : at.rowAt(rows, y);
  if (hand.visit) {
    const here = at.columnAt(row, grid, x);
    const columns = grid.byDay ? Math.floor(here) - Math.floor(from.column) : Math.round(here - from.column);
    place(row, columns * grid.step);
  } else {
    hand.row = row;
    hand.start = at.minuteAt(row, grid, x);
    hand.end = hand.start + Number(hand.element.dataset.minutes);
    draw();
  }
}

function place(row, by) {
  const { from } = hand;
  hand.row = row;
  hand.start = hand.edge ? from.start : from.start + by;
  hand.end = Math.max(from.end + by, hand.start + 15);
  draw();
}

/** One key while something is carried. True when it meant something. */
export function key(event) {
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const fine = hand.grid.byDay ? 30 : 15;
  if (steps) {
    const by = steps * (event.altKey ? fine : event.shiftKey && hand.grid.byDay ? 30 : hand.grid.step);
    if (event.shiftKey) hand.end = Math.max(hand.end + by, hand.start + 15);
    else [hand.start, hand.end] = [hand.start + by, hand.end + by];
    draw();
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const { rows } = hand, place = rows.indexOf(hand.row) + (event.key === "ArrowUp" ? -1 : 1);
    hand.row = rows[Math.max(0, Math.min(place, rows.length - 1))];
    draw();
  } else if (event.key === "Enter") drop();
  else if (event.key === "Escape") leave();
  else return false;
  hand?.row.scrollIntoView({ block: "nearest" });
  return true;
}

function draw() {
  const { grid, row, start, end } = hand, box = at.rectangle(row, grid, start, end);
  ghost.hidden = tip.hidden = false;
  for (const side of ["width", "height"]) ghost.style[side] = `${box[side]}px`;
  const below = box.top + box.height + 6;
  put(ghost, box.left, box.top);
  put(tip, Math.min(box.left, innerWidth - 360), below > innerHeight - 90 ? box.top - 70 : below);
  judge();
  if (!known.has(`${start}-${end}`)) learn();
}

function put(element, x, y) {
  element.style.transform = `translate(${x}px, ${y}px)`;
}

/** Ask what speaks against this time, for everybody at once. One question at a time: then the newest that is still open. */
async function learn() {
  if (asking) return;
  asking = true;
  const { grid, visit = "", order = "", start, end } = hand, carried = hand.element;
  const query = new URLSearchParams({ visit, order, zone: grid.zone, start: at.wall(grid, start), end: at.wall(grid, end) });
  try {
    const places = (await ask(`${grid.check}?${query}`)).places ?? {};
    if (hand?.element === carried) known.set(`${start}-${end}`, places);
  } catch {
    if (hand) known.set(`${start}-${end}`, {});
    speak(words().lost);
  }
  asking = false;
  if (hand) judge();
  if (hand && !known.has(`${hand.start}-${hand.end}`)) learn();
}

function judge() {
  const { grid, row, start, end } = hand, places = known.get(`${start}-${end}`);
  const mine = places?.[row.dataset.engineer];
  for (const each of hand.rows) {
    mark(each.lastElementChild, places?.[each.dataset.engineer]?.verdict);
    mark(each.firstElementChild, each === row ? "here" : "");
  }
  mark(ghost, mine?.verdict);
  const times = `${row.dataset.name} ${at.span(grid, start, end)}`;
  const cost = mine?.cost ? ` (${words().cost} ${mine.cost} ${words().minutes})` : "";
  const verdict = mine ? `${words()[mine.verdict]}${cost}` : "…";
  [when.data, what.data] = [times, `${verdict} ${(mine?.words ?? []).join("; ")}`];
  if (mine) speak(`${times}: ${verdict} ${mine.words.join("; ")}`);
}

/**
 * Say of an element what the place is. An attribute of the element that is painted, written only when it changes: with a class on
 * the row the browser finds the style of every bar in it anew, because the framework's sheet asks for parts of class names.
 */
function mark(element, place = "") {
  if ((element.dataset.place ?? "") !== place) element.dataset.place = place;
}

/** Put it down here. The server decides; a place that is known to be impossible is not asked for. */
export async function drop() {
  const { visit, order, version, state, grid, row, start, end, element, from } = hand;
  const mine = known.get(`${start}-${end}`)?.[row.dataset.engineer];
  const moved = order || row !== from.row || start !== from.start || end !== from.end;
  letGo();
  if (!moved) return;
  if (mine?.verdict === "hard") {
    say(`${row.dataset.name}: ${words().hard}. ${mine.words.join("; ")}`, "warning");
    return refresh().catch(lost);
  }
  const fields = { engineer: row.dataset.engineer, planned_start: at.wall(grid, start), planned_end: at.wall(grid, end), zone: grid.zone, reason: "" };
  if (visit) Object.assign(fields, { plan_version: version, state });
  else fields.known = ""; // what waits has no visit
  await send(element.getAttribute("href"), fields);
}

export function leave() {
  letGo();
  speak(words().left);
  refresh().catch(lost);
}

function letGo() {
  hand.element.classList.remove("carried");
  for (const row of hand.rows) for (const part of row.children) mark(part);
  ghost.hidden = tip.hidden = true;
  hand = null;
}

function scrollAlong(x, y) {
  const area = document.getElementById("board-scroll"), box = area.getBoundingClientRect(), near = 40;
  if (x > box.left && x < box.right && y > box.top && y < box.bottom) {
    area.scrollBy((x > box.right - near) * 12 - (x < box.left + 140 + near && x > box.left + 140) * 12, (y > box.bottom - near) * 12 - (y < box.top + near) * 12);
  }
}

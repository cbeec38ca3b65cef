// The dispatcher's board: drag with the pointer, hold a finger on it and drag, or press M and use the arrows. Without this script every place has its form.
import { drop, follow, isCarrying, key, leave, pick, speak } from "./board/carry.js";
import { lost, refresh, start } from "./board/live.js";
import { isOpen, open, send } from "./board/panel.js";

const FAR = 5, EDGE = 8, FINGER = 20; // pixels: a press that moves less is a click; this near to its right edge a bar is pulled longer
const HOLD = 350; // ms that a finger rests before it takes something up: one that moves at once scrolls
const past = () => document.getElementById("board")?.hasAttribute("data-past");
const thing = (target) => target.closest?.(".bar[data-visit]:not([data-fixed]), .order[data-order]");
let press = null, carriedByPointer = false, holding = 0;

document.addEventListener("pointerdown", (event) => {
  const element = thing(event.target);
  if (!element || past() || isCarrying() || event.button !== 0) return;
  const isTouch = event.pointerType === "touch";
  const edge = endsHere(element) && event.clientX > element.getBoundingClientRect().right - (isTouch ? FINGER : EDGE);
  press = { element, edge, isTouch, x: event.clientX, y: event.clientY };
  if (isTouch) holding = setTimeout(take, HOLD);
});

/** Whether the end of a visit is on the board: one that goes on beyond it is moved as a whole, so that nobody pulls an end unseen. */
function endsHere({ dataset }) {
  const { step, columns } = document.getElementById("board").dataset;
  return dataset.visit && Number(dataset.e) <= Number(step) * Number(columns);
}

function take() {
  pick(press.element, press);
  carriedByPointer = true;
  if (press.isTouch) navigator.vibrate?.(20);
  press = null;
}

function letGo() {
  clearTimeout(holding);
  press = null;
}

document.addEventListener("pointermove", (event) => {
  if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR) {
    if (press.isTouch) letGo();
    else take();
  }
  if (carriedByPointer && isCarrying()) follow(event.clientX, event.clientY);
});
// A finger that stops a board which still rolls stays with the browser: what it took up would be dropped with the first move.
document.addEventListener("touchstart", (event) => { if (!event.cancelable) letGo(); }, { passive: false });
// A finger that carries something does not scroll, and does not ask for the link's menu.
document.addEventListener("touchmove", (event) => { if (carriedByPointer && isCarrying()) event.preventDefault(); }, { passive: false });
document.addEventListener("contextmenu", (event) => { if (press?.isTouch || (carriedByPointer && isCarrying())) event.preventDefault(); });
document.addEventListener("pointercancel", () => {
  letGo();
  if (carriedByPointer && isCarrying()) leave();
  carriedByPointer = false;
});
document.addEventListener("pointerup", (event) => {
  letGo();
  if (!carriedByPointer || !isCarrying()) return;
  const area = document.getElementById("board-scroll").getBoundingClientRect();
  const inside = event.clientX > area.left && event.clientX < area.right && event.clientY > area.top && event.clientY < area.bottom;
  if (inside) drop();
  else leave();
  setTimeout(() => { carriedByPointer = false; }, 0);
});
document.addEventListener("dragstart", (event) => { if (thing(event.target)) event.preventDefault(); });

document.addEventListener("click", (event) => {
  if (carriedByPointer) return event.preventDefault();
  const link = event.target.closest(".bar[href], .order[href], a[data-panel]");
  if (!link || past() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.getAttribute("href"));
});

document.addEventListener("keydown", (event) => {
  if (isOpen()) return;
  if (isCarrying()) {
    if (key(event)) event.preventDefault();
  } else if (event.key.toLowerCase() === "m" && thing(event.target) && !past() && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    pick(thing(event.target));
    speak(document.getElementById("board-words").dataset.picked);
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-quiet")) return;
  event.preventDefault();
  send(event.target.getAttribute("action"), new FormData(event.target));
});

const area = document.getElementById("board-scroll"), seven = area?.querySelector('[data-hour="7"]');
if (seven) area.scrollLeft = seven.offsetLeft;
start(() => press !== null || isCarrying() || isOpen()); // drawn anew under a press, what it takes up would stand nowhere
window.addEventListener("pageshow", (event) => { if (event.persisted && !past()) refresh().catch(lost); });

// The board stays true: it asks every three seconds, and is drawn anew when somebody changed something.
import { ask, get } from "./server.js";

const EVERY = 3000, HIDDEN = 15000, SHOWN = 8000;
let busy = () => false, waiting = false, looking = false;

export function start(isBusy) {
  busy = isBusy;
  if (!document.getElementById("board-words")) return;
  const next = () => setTimeout(async () => { await look(); next(); }, document.hidden ? HIDDEN : EVERY);
  next();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}

async function look() {
  if (looking) return;
  looking = true;
  const live = document.getElementById("board-live");
  try {
    const answer = await ask(`/board/changes/?version=${encodeURIComponent(live.dataset.version)}`);
    answer.news.slice(-5).forEach((text) => say(text));
    if (answer.changed || waiting) await refresh();
    else live.dataset.version = answer.version;
    document.body.classList.remove("board-stale");
  } catch (error) {
    if (error.signedOut) signedOut();
    else if (!document.body.classList.contains("board-stale")) say(document.getElementById("board-words").dataset.offline, "warning");
    document.body.classList.add("board-stale");
  }
  looking = false;
}

/** Draw the board as the server has it now; what is in the hand, in focus or scrolled to stays. */
export async function refresh() {
  waiting = busy();
  if (waiting) return;
  const page = await get(location.href);
  if (busy()) { waiting = true; return; }
  const kept = keep();
  document.getElementById("board-live").replaceWith(page.getElementById("board-live"));
  kept();
  for (const alert of page.querySelectorAll("#messages .alert")) say(alert.textContent.trim(), alert.className.includes("danger") ? "danger" : "success");
}

/** Say why nobody answered: what was asked for did not happen, and the board that is shown stays as it was. */
export function lost(error) {
  if (error.signedOut) signedOut();
  else say(document.getElementById("board-words").dataset.lost, "warning");
}

function signedOut() {
  const { signedOut, signIn } = document.getElementById("board-words").dataset;
  if (document.querySelector("#board-news a")) return;
  const link = document.createElement("a");
  [link.href, link.textContent] = [location.href, signIn];
  say(signedOut, "warning", Infinity).append(" ", link);
}

function keep() {
  const places = ["board-scroll", "waiting"].map((id) => [id, document.getElementById(id)?.scrollLeft, document.getElementById(id)?.scrollTop]);
  const { visit, order } = document.activeElement?.dataset ?? {};
  const place = orders().findIndex((each) => each.dataset.order === order);
  return () => {
    for (const [id, left, top] of places) document.getElementById(id)?.scrollTo(left, top);
    if (!visit && !order) return;
    const same = document.querySelector(visit ? `[data-visit="${visit}"]` : `[data-order="${order}"]`);
    // What was planned or called off is not there any more: the hand stays beside it.
    (same || orders()[Math.min(place, orders().length - 1)] || document.getElementById("board-scroll")).focus({ preventScroll: true });
  };
}

function orders() {
  return [...document.querySelectorAll(".order[data-order]")];
}

/** A short note in the corner, read aloud too. Returns it; it goes after `shown` milliseconds. */
export function say(text, kind = "info", shown = SHOWN) {
  const news = document.getElementById("board-news");
  const said = [...news.children].find((each) => each.textContent === text);
  if (said) return said; // two answers that crossed may bring the same message
  const note = document.createElement("div");
  note.className = `alert alert-${kind}`;
  note.textContent = text;
  news.append(note);
  if (shown < Infinity) setTimeout(() => note.remove(), shown);
  return note;
}

// The board stays true: it asks every three seconds, and is drawn anew when somebody changed something.
import { ask, get } from "./server.js";

const EVERY = 3000, HIDDEN = 15000, SHOWN = 8000;
let busy = () => false, waiting = false;

export function start(isBusy) {
  busy = isBusy;
  const next = () => setTimeout(async () => { await look(); next(); }, document.hidden ? HIDDEN : EVERY);
  if (document.getElementById("board-words")) next();
}

async function look() {
  const live = document.getElementById("board-live");
  try {
    const answer = await ask(`/board/changes/?version=${encodeURIComponent(live.dataset.version)}`);
    answer.news.slice(-5).forEach((text) => say(text));
    if (answer.changed || waiting) await refresh();
    else live.dataset.version = answer.version;
    document.body.classList.remove("board-stale");
  } catch {
    if (!document.body.classList.contains("board-stale")) say(document.getElementById("board-words").dataset.offline, "warning");
    document.body.classList.add("board-stale");
  }
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

function keep() {
  const places = ["board-scroll", "waiting"].map((id) => [id, document.getElementById(id)?.scrollLeft, document.getElementById(id)?.scrollTop]);
  const { visit, order } = document.activeElement?.dataset ?? {};
  return () => {
    for (const [id, left, top] of places) document.getElementById(id)?.scrollTo(left, top);
    const again = visit ? `[data-visit="${visit}"]` : order ? `[data-order="${order}"]` : null;
    if (again) document.querySelector(again)?.focus({ preventScroll: true });
  };
}

/** A short note in the corner, read aloud too. */
export function say(text, kind = "info") {
  const note = document.createElement("div");
  note.className = `alert alert-${kind}`;
  note.textContent = text;
  document.getElementById("board-news").append(note);
  setTimeout(() => note.remove(), SHOWN);
}

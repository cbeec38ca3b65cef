// The record page: fills its shell from the visit's bundle and keeps what the engineer does as entries.
import { here, isForeign, isShell, wasCleared } from "./laptop/here.js";
import { hear } from "./laptop/news.js";
import { lacksInWords, statusLine, unlockPanel } from "./laptop/panels.js";
import { keepSyncing } from "./laptop/sync.js";
import { holdVisit } from "./laptop/tabs.js";
import { Commands } from "./records/commands.js";
import { openDialog } from "./records/dialog.js";
import { el, fill, slot, words } from "./records/dom.js";
import { showDrafts } from "./records/drafts.js";
import { LaptopDesk } from "./records/laptop_desk.js";
import { showStages } from "./records/stages.js";
import { showFacts, showTimeline } from "./records/summary.js";
import { learn } from "./rules/contacts.js";
import { speak } from "./rules/say.js";

const number = location.pathname.split("/")[2];
const rules = JSON.parse(document.getElementById("rules").textContent);
speak(rules.sentences);
learn(rules.contacts);
for (const node of document.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
document.querySelector("[data-href=sheet]").href = `/visits/${number}/record/sheet/`;
document.querySelector("[data-href=visit]").href = `/visits/${number}/`;
document.querySelector("[data-href=ready]").href = `/visits/${number}/ready/`;

const page = {
  number,
  desk: null,
  bundle: null,
  /** Keep one entry and show what came of it. Throws a Refusal that a dialog shows beside its fields. */
  async post(kind, payload, corrects = null, draft = null) {
    await page.desk.post(kind, payload, corrects, draft);
    await page.refresh();
  },
  /** The same for a button outside of a dialog: a refusal goes to the top of the page. */
  async press(kind, payload, corrects) {
    try {
      await page.post(kind, payload, corrects);
      problem("");
    } catch (refusal) {
      problem(refusal.message, refusal.rules);
    }
  },
  ask: (kind, options) => openDialog(page, kind, options),
  problem,
  async refresh() {
    page.bundle = await page.desk.bundle();
    // What looks the same stays as it is: a hand may be on its way to a button.
    const shown = JSON.stringify({ ...page.bundle, server_time: "" });
    if (shown !== page.shown) show();
    page.shown = shown;
    await showDrafts(page);
  },
};
let soon = null;

/** Many changes in a row, such as a queue that empties, are shown together. */
function refreshSoon() {
  soon ??= setTimeout(() => {
    soon = null;
    if (page.desk) page.refresh().catch(fail);
  }, 200);
}

function show() {
  const { bundle } = page;
  fill("number", `${bundle.visit.record_number} · ${bundle.customer.name}`);
  showFacts(page);
  showStages(page);
  showTimeline(page);
  document.getElementById("record").removeAttribute("aria-busy");
}

function problem(message, rules = []) {
  const box = document.getElementById("problem");
  box.replaceChildren(message, el("ul", {}, ...rules.map((rule) => el("li", {}, rule.text))));
  box.hidden = !message;
  if (message) box.scrollIntoView({ block: "center" });
}

async function start() {
  const vault = await here();
  if (vault?.laptop && !isForeign(vault)) return startLocal(vault);
  page.desk = new Commands(number);
  const note = vault?.laptop ? words.foreign : wasCleared(vault) ? words.cleared : vault ? words.offer : words.unable.replace("%(lacks)s", lacksInWords());
  if (!isShell || wasCleared(vault)) fill("laptop", el("div", { class: "alert alert-info py-2" }, el("div", { class: "flex-fill" }, note), vault && !vault.laptop ? el("a", { class: "btn btn-sm", href: `/visits/${number}/ready/` }, words.set_up) : null));
  await page.refresh();
}

async function startLocal(vault) {
  vault.addEventListener("locked", lock);
  vault.addEventListener("opened", () => open(vault).catch(fail));
  if (vault.sign) return location.replace(`/visits/${vault.sign.visit}/sign/`);
  if (!vault.opens(number)) return lock();
  await open(vault);
}

/** Nothing of the visit stays on the screen or in this page's memory. */
async function lock() {
  document.getElementById("dialog").close();
  document.getElementById("record").hidden = true;
  page.bundle = page.desk = page.shown = null;
  for (const name of ["facts", "stages", "timeline", "drafts", "dialog-fields", "dialog-lead"]) slot(name).replaceChildren();
  fill("number", number);
  fill("laptop", unlockPanel(await here()));
}

let isStarted = false;
async function open(vault) {
  if (!vault.opens(number)) return;
  page.desk = new LaptopDesk(vault, number, rules);
  document.getElementById("record").hidden = false;
  page.desk.readOnly = await holdVisit(number, () => page.desk && open(vault));
  fill("read-only", page.desk.readOnly || vault.isOverdue ? el("div", { class: "alert alert-warning" }, page.desk.readOnly || words.overdue) : null);
  await statusLine(slot("laptop"), vault, number);
  await page.refresh();
  if (isStarted) return;
  isStarted = true;
  hear("changed", ({ visit }) => (!visit || visit === number) && refreshSoon());
  keepSyncing(vault, number);
}

function fail(error) {
  problem(error.message || words.not_sent);
}

start().catch(fail);

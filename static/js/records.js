// The record page: fills its shell from the visit's bundle and posts what the engineer does as entries.
import { Commands } from "./records/commands.js";
import { openDialog } from "./records/dialog.js";
import { el, fill, words } from "./records/dom.js";
import { showStages } from "./records/stages.js";
import { showFacts, showTimeline } from "./records/summary.js";

const number = location.pathname.split("/")[2];
const commands = new Commands(number);
for (const node of document.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
document.querySelector("[data-href=sheet]").href = `/visits/${number}/record/sheet/`;
document.querySelector("[data-href=visit]").href = `/visits/${number}/`;

const page = {
  number,
  commands,
  bundle: null,
  /** Post one entry and show what came of it. Throws a Refusal that a dialog shows beside its fields. */
  async post(kind, payload, corrects = null) {
    const receipt = await commands.post(kind, payload, corrects);
    await page.refresh();
    return receipt;
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
  async refresh() {
    page.bundle = await commands.bundle();
    show();
  },
};

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

page.refresh().catch((error) => problem(error.message || words.not_sent));

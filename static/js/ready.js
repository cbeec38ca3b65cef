// Ready to leave: sets the passphrase up, loads what the visit needs, and proves that it is here.
import { contact, deviceName } from "./laptop/contact.js";
import { deviceId, here, isForeign, keepDeviceId, isShell, lacks, person, wasCleared } from "./laptop/here.js";
import { hear } from "./laptop/news.js";
import { lacksInWords, newPassphrase, setUpPanel, statusLine, unlockPanel } from "./laptop/panels.js";
import { rows } from "./laptop/queue.js";
import { checkAll, checkVisit, loadEarlier } from "./laptop/ready.js";
import { keepSyncing, sync } from "./laptop/sync.js";
import { ready } from "./laptop/worker.js";
import { button, el, fill, slot, words } from "./records/dom.js";
import { shownHere } from "./records/time.js";

const PATIENCE = 120000; // ms for the first load of all pages over a slow line
const number = location.pathname.split("/")[2];
fill("number", number);

async function start() {
  const vault = await here();
  if (!vault) return problem(words.lacks_weak.replace("%(lacks)s", lacksInWords()));
  const pending = vault.laptop ? (await rows()).filter((row) => row.state !== "received").length : 0;
  if (isForeign(vault) && pending) return problem(words.somebody);
  if (!vault.exists || isForeign(vault)) return offerSetUp(vault, pending);
  if (vault.sign) return location.replace(`/visits/${vault.sign.visit}/sign/`);
  vault.addEventListener("opened", () => open(vault));
  vault.addEventListener("locked", () => location.reload());
  if (vault.opens(number)) return open(vault);
  fill("laptop", unlockPanel(vault));
}

function offerSetUp(vault, pending) {
  if (wasCleared(vault)) fill("laptop", el("div", { class: "alert alert-danger" }, words.cleared));
  if (isShell || !person) return problem(words.cannot_reach);
  const lead = isForeign(vault) ? `${words.take_over} ${words.set_up_lead}` : words.set_up_lead;
  fill("set-up", setUpPanel(words.set_up_title, lead, words.set_up_press, async (typed) => {
    const passphrase = newPassphrase(typed);
    const device = deviceId(vault);
    const name = deviceName();
    const { reach, answer } = await contact({ device, name, owner: person });
    if (reach !== "ok") throw new Error(words.cannot_reach);
    if (isForeign(vault)) await vault.wipe();
    keepDeviceId(device);
    await navigator.storage?.persist?.();
    await vault.setUp(passphrase, {
      device, name, owner: person, hq: answer.hq_key, lease_until: answer.lease_until, epoch: answer.passphrase_epoch,
      last_contact: answer.server_time, clock_offset: answer.clock_offset,
    });
    slot("set-up").replaceChildren();
    await open(vault);
  }));
  if (pending) fill("laptop", el("div", { class: "alert alert-warning" }, words.key_gone, " ", el("a", { href: "/queue/" }, words.queue)));
}

let isOpen = false;
async function open(vault) {
  if (isOpen) return;
  isOpen = true;
  await statusLine(slot("laptop"), vault, number);
  hear("changed", () => show(vault));
  keepSyncing(vault, number);
  await show(vault);
  await load(vault);
}

let isLoading = false;

async function load(vault) {
  isLoading = true;
  // The very first time, the pages themselves are still on their way; then their keeper has to hear of the keys.
  if (await ready(PATIENCE)) await vault.holdAgain();
  await sync(vault, { now: true, visit: number });
  await loadEarlier(vault, number);
  await checkAll(vault);
  isLoading = false;
  await sync(vault, { now: true, visit: number }); // tells headquarters what the check found
  await show(vault);
}

async function show(vault) {
  if (!vault.opens(number)) return;
  const check = await checkVisit(vault, number);
  document.getElementById("proof").hidden = false;
  const date = shownHere(new Date(check.at));
  const state = isLoading ? "loading" : check.state;
  const word = { ready: `${words.ready} · ${date}`, loading: words.loading, missing: words.missing }[state];
  fill("verdict", el("span", { class: `badge state state-${state}`, id: "verdict" }, word));
  fill("proof", ...check.proofs.map(row), ...lacks().length ? [el("li", {}, words.lacks_weak.replace("%(lacks)s", lacksInWords()))] : []);
  fill("actions", el("a", { class: "btn btn-primary", href: `/visits/${number}/record/` }, words.to_record), button(words.check_now, () => load(vault).catch((error) => problem(error.message))));
}

const AMOUNT = { space: (count) => `${count} MB` };
const ADVICE = { space: "space_weak", persist: "persist_weak" };

function row({ code, state, count }) {
  const amount = count === undefined ? "" : AMOUNT[code]?.(count) ?? (count || words.none_needed);
  return el("li", { "data-proof": code, "data-state": state },
    el("div", { class: "flex-fill" }, words[`proof_${code}`], amount === "" ? "" : `: ${amount}`,
      state === "weak" ? el("div", { class: "small text-secondary" }, words[ADVICE[code]]) : null),
    el("span", { class: `badge state state-${state === "good" ? "ready" : state}` }, { good: words.good, weak: words.weak, missing: words.missing }[state]));
}

function problem(message) {
  const box = document.getElementById("problem");
  box.textContent = message;
  box.hidden = !message;
}

start().catch((error) => problem(error.message));

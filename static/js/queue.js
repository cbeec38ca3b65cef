// The queue: what waits on this laptop, since when and why; send now, or take it along as a file that only headquarters opens.
import { here, isForeign, lastStatus } from "./laptop/here.js";
import { hear } from "./laptop/news.js";
import { newPassphrase, passphraseField, setUpPanel, statusLine, unlockPanel } from "./laptop/panels.js";
import { bodyOf, mark, reasonOf, rows } from "./laptop/queue.js";
import { saveSealed } from "./laptop/save.js";
import { all } from "./laptop/store.js";
import { keepSyncing, sync } from "./laptop/sync.js";
import { button, el, fill, slot, words } from "./records/dom.js";
import { shownHere } from "./records/time.js";

const at = (iso) => (iso ? shownHere(new Date(iso)) : "–");

async function start() {
  const vault = await here();
  if (!vault?.laptop) return fill("laptop", empty(words.no_store));
  document.getElementById("save-file").onclick = () => saveSealed(vault);
  document.getElementById("send-now").onclick = () => sync(vault, { now: true });
  if (isForeign(vault)) return showForeign();
  hear("changed", () => show(vault));
  hear("contact", () => show(vault));
  vault.addEventListener("opened", () => show(vault));
  vault.addEventListener("locked", () => location.reload());
  if (vault.sign) return location.replace(`/visits/${vault.sign.visit}/sign/`);
  keepSyncing(vault);
  await show(vault);
}

/** Another person learns that there is unsent work, may carry it to headquarters, and nothing else. */
async function showForeign() {
  const waits = (await rows()).some((row) => row.state !== "received");
  fill("laptop", empty(waits ? words.somebody : words.nothing_waits));
  document.getElementById("save-file").hidden = !waits;
}

async function show(vault) {
  const list = (await rows()).filter((row) => row.state !== "received");
  const isOpen = vault.isOpen;
  if (isOpen || !vault.exists) await statusLine(slot("laptop"), vault);
  else fill("laptop", unlockPanel(vault));
  for (const id of ["send-now", "save-file"]) document.getElementById(id).hidden = !list.length;
  document.getElementById("waiting").hidden = false;
  const shown = await Promise.all(list.map((row) => line(vault, row)));
  fill("rows", ...(shown.length ? shown : [el("tr", {}, el("td", { colspan: 6, class: "text-secondary" }, el("strong", {}, words.nothing_waits), el("div", {}, words.nothing_waits_lead)))]));
  await showAbout(vault);
}

async function line(vault, row) {
  const canRead = vault.opens(row.visit) && row.key === vault.wrapped?.id;
  const body = canRead ? await bodyOf(vault, row) : null;
  const what = row.type === "entry" && body ? words.kinds[body.kind] ?? body.kind : words[`item_${row.type}`];
  const reason = canRead ? await reasonOf(vault, row) : "";
  const tried = row.tries ? ` (${words.tried.replace("%(count)d", row.tries)})` : "";
  const why = reason || (row.why ? words[`why_${row.why}`] : vault.wrapped && row.key !== vault.wrapped.id ? words.why_sealed : words.why_new);
  return el("tr", { "data-item": row.id, "data-state": row.state },
    el("td", { class: "num" }, row.visit), el("td", {}, what), el("td", { class: "num" }, at(row.since)),
    el("td", {}, el("span", { class: `badge state state-${row.state}` }, words[`state_${row.state}`])),
    el("td", {}, why, tried),
    el("td", {}, row.state === "attention" ? button(words.again_now, () => retry(vault, row), "btn btn-sm") : null));
}

async function retry(vault, row) {
  await mark(vault, row, { state: "waiting", tries: 0, next: 0, unsure: true });
  await sync(vault, { now: true });
}

async function showAbout(vault) {
  if (!vault.laptop) return; // wiped while the lines above were drawn
  const { owner, lease_until, last_contact, epoch, epoch_now } = vault.laptop;
  const status = await lastStatus();
  const visits = await all("visits");
  document.getElementById("about").hidden = document.getElementById("visits").hidden = false;
  const list = el("dl", { class: "facts" });
  for (const [label, value] of [[words.owner, owner], [words.last_contact, at(last_contact)], [words.lease, at(lease_until)]]) {
    list.append(el("dt", {}, label), el("dd", { class: "num" }, value));
  }
  fill("about", list, el("p", { class: "text-secondary mt-3 mb-0" }, words.sealed_note));
  fill("visits", ...visits.map((row) => el("a", { class: "list-group-item list-group-item-action d-flex justify-content-between", href: `/visits/${row.number}/record/` }, row.number, el("span", { class: "text-secondary" }, `${words.kept_at} ${at(new Date(row.at).toISOString())}`))));
  document.getElementById("visits").hidden = !visits.length;
  const missing = status?.missing ?? [];
  fill("missing", missing.length ? el("div", { class: "alert alert-danger" }, words.missing_title, el("ul", {}, ...missing.map((row) => el("li", {}, `${row.visit} · ${words[`item_${row.type}`] ?? row.type} · ${at(row.since)}`)))) : null);
  const isDue = epoch_now !== undefined && epoch_now !== epoch;
  const form = slot("change").querySelector(isDue ? ":scope > form" : "form");
  if (vault.isWhole && !form) fill("change", changePanel(vault, isDue));
}

function changePanel(vault, isDue) {
  const panel = setUpPanel(words.change_passphrase, isDue ? words.epoch_lead : "", words.change_passphrase, async (typed) => {
    const next = newPassphrase(typed);
    try {
      await vault.changePassphrase(typed.before, next);
    } catch {
      throw new Error(words.old_wrong);
    }
    await vault.note({ epoch: vault.laptop.epoch_now ?? vault.laptop.epoch });
    fill("change", el("div", { class: "alert alert-success" }, words.changed));
  }, [passphraseField(words.old_passphrase, "before")]);
  return isDue ? panel : el("details", { class: "mb-3" }, el("summary", {}, words.change_passphrase), panel);
}

function empty(title) {
  return el("div", { class: "empty" }, el("p", { class: "empty-title" }, title));
}

start().catch((error) => {
  document.getElementById("problem").textContent = error.message;
  document.getElementById("problem").hidden = false;
});

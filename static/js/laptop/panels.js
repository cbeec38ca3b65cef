// The small forms that stand in a page's way or in its corner: passphrase, sign-in, the line that says how the queue is.
import { cookie } from "../cookie.js";
import { button, el, words } from "../records/dom.js";
import { hear } from "./news.js";
import { lacks, lastStatus } from "./here.js";
import { waitingCounts } from "./queue.js";
import { sync } from "./sync.js";
import { SHORTEST, TRIES, WrongPassphrase } from "./vault.js";

function field(label, name, attributes = {}) {
  const id = `laptop-${name}`;
  return el("div", { class: "mb-3" },
    el("label", { class: "form-label", for: id }, label),
    el("input", { class: "form-control", id, name, required: true, ...attributes }));
}

function form(title, lead, fields, submit, work) {
  const problem = el("div", { class: "alert alert-danger", role: "alert", hidden: true });
  const press = el("button", { class: "btn btn-primary" }, submit);
  return el("form", { class: "card entrance mb-3", novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    press.disabled = true;
    problem.hidden = true;
    try {
      await work(Object.fromEntries(new FormData(event.target)), event.target);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
      event.target.querySelector("input")?.select();
    } finally {
      press.disabled = false;
    }
  } }, el("div", { class: "card-body" }, el("h2", { class: "h3" }, title), lead && el("p", { class: "text-secondary" }, lead), problem, ...fields, press));
}

/** What this browser lacks, as people say it. */
export function lacksInWords() {
  return lacks().map((code) => words[`lack_${code}`]).join(", ");
}

/** Asks for the passphrase until the vault is open. */
export function unlockPanel(vault) {
  if (!vault.exists) return el("div", { class: "alert alert-warning" }, words.key_gone, " ", el("a", { href: "/queue/" }, words.queue));
  const secret = field(words.passphrase, "passphrase", { type: "password", autocomplete: "off", autofocus: true });
  return form(words.locked, words.locked_lead, [secret], words.unlock, async ({ passphrase }) => {
    try {
      await vault.unlock(passphrase);
    } catch (error) {
      if (!(error instanceof WrongPassphrase)) throw error;
      throw new Error(error.left ? words.wrong_passphrase.replace("%(left)d", error.left).replace("%(all)d", TRIES) : words.key_removed);
    }
  });
}

/** Two equal passphrases of some length. */
export function newPassphrase({ passphrase, again }) {
  if ([...passphrase].length < SHORTEST) throw new Error(words.too_short.replace("%(least)d", SHORTEST));
  if (passphrase !== again) throw new Error(words.not_equal);
  if (/^(.)\1*$|^\d+$/u.test(passphrase)) throw new Error(words.too_simple);
  return passphrase;
}

export function setUpPanel(title, lead, submit, work, extra = []) {
  const quiet = { type: "password", autocomplete: "new-password" };
  return form(title, lead, [...extra, field(words.passphrase, "passphrase", quiet), field(words.again, "again", quiet)], submit, work);
}

export function passphraseField(label, name) {
  return field(label, name, { type: "password", autocomplete: "off" });
}

/** Signs in without leaving the page; nothing that was typed is lost. */
export function signInPanel(owner, done) {
  const fields = [field(words.user_name, "login", { value: owner ?? "", autocomplete: "username" }), field(words.password, "password", { type: "password", autocomplete: "current-password" })];
  const node = form(words.sign_in_here, words.sign_in_lead, fields, words.sign_in, async (values) => {
    const answer = await post("/accounts/login/", values);
    if (answer.needsCode) return node.replaceWith(codePanel(done));
    await done();
  });
  return node;
}

function codePanel(done) {
  const code = field(words.code, "code", { inputmode: "numeric", autocomplete: "one-time-code" });
  return form(words.sign_in_here, words.code_lead, [code], words.sign_in, async (values) => {
    await post("/accounts/2fa/authenticate/", values);
    await done();
  });
}

async function post(path, values) {
  if (!cookie("csrftoken")) await fetch("/accounts/login/", { cache: "no-store" });
  const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: cookie("csrftoken") });
  const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
  const response = await fetch(path, { method: "POST", body, headers }).catch(() => null);
  const json = await response?.json().catch(() => null);
  if (!response || !json) throw new Error(words.away);
  if (!response.ok) throw new Error(Object.values(json.form?.fields ?? {}).flatMap((one) => one.errors).concat(json.form?.errors ?? []).join(" ") || words.away);
  return { needsCode: (json.location ?? "").includes("2fa") };
}

const onQueue = location.pathname === "/queue/"; // which has these buttons itself
const lines = new WeakSet(); // the places that have one

/** The line on top of the page: is everything at headquarters, and if not, why. It keeps itself up to date. */
export async function statusLine(place, vault, visit = null) {
  const show = async () => {
    const [strip, signIn] = await line(vault, visit, show);
    if (vault.exists && !vault.isOpen) return; // the place belongs to the form that unlocks
    // Somebody may be typing a password there: the form stays while it is needed.
    if (signIn && place.querySelector("form")) place.firstElementChild.replaceWith(strip);
    else place.replaceChildren(...[strip, signIn].filter(Boolean));
  };
  if (!lines.has(place)) for (const kind of ["contact", "changed"]) hear(kind, show);
  lines.add(place);
  await show();
}

function isNewPasswordDue({ laptop }) {
  return laptop?.epoch_now !== undefined && laptop.epoch_now !== laptop.epoch; // a laptop that was wiped has none
}

async function line(vault, visit, show) {
  const [{ waiting, attention }, status] = await Promise.all([waitingCounts(), lastStatus()]);
  const reach = status?.reach ?? "away";
  const said = waiting ? words.waiting_here.replace("%(count)d", waiting) : words.all_received;
  const where = { ok: "", away: words.away_now, signed_out: words.signed_out_now, other: words.other_person, revoked: words.revoked, server: words.away_now }[reach] ?? "";
  const look = attention ? "alert-danger" : reach === "ok" && !waiting ? "alert-success" : "alert-info";
  const parts = [
    el("div", { class: "flex-fill" }, el("strong", {}, said), where ? ` ${where}` : "", attention ? el("div", {}, words.attention.replace("%(count)d", attention)) : null, isNewPasswordDue(vault) ? el("div", {}, words.epoch_lead) : null),
    onQueue ? null : el("a", { class: "btn btn-sm", href: "/queue/" }, words.queue),
    waiting && !onQueue ? button(words.send_now, () => sync(vault, { now: true, visit }), "btn btn-sm") : null,
    vault.isOpen ? button(words.lock, () => vault.lock(), "btn btn-sm") : null,
  ];
  const strip = el("div", { class: `alert ${look} laptop-line py-2`, role: "status", "data-reach": reach, "data-waiting": waiting }, ...parts);
  return reach === "signed_out" || (reach === "revoked" && waiting) ? [strip, signInPanel(vault.laptop.owner, async () => { await sync(vault, { now: true, visit }); await show(); })] : [strip];
}


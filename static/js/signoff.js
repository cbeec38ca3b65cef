// The customer's page: shows the statement with its check code, and keeps or posts what was signed in one package.
import uuidv7 from "uuid";
import { here, isForeign } from "./laptop/here.js";
import { unlockPanel } from "./laptop/panels.js";
import { keepSyncing } from "./laptop/sync.js";
import { el, fill, words } from "./records/dom.js";
import { shownHere } from "./records/time.js";
import { short } from "./rules/canonical.js";
import { speak } from "./rules/say.js";
import { cleanSigner } from "./rules/signer.js";
import { keepPackage, postPackage } from "./signoff/package.js";
import { SignaturePart } from "./signoff/pad.js";
import { statementFor } from "./signoff/source.js";
import { showStatement } from "./signoff/statement.js";

const number = location.pathname.split("/")[2];
const form = document.getElementById("sign-form");
const language = form.dataset.language;
const packageId = uuidv7();
const pad = new SignaturePart(document.getElementById("pad"));
let page = null;
let vault = null;
speak(JSON.parse(document.getElementById("rules").textContent).sentences);

async function start() {
  const found = await here();
  vault = found?.laptop && !isForeign(found) ? found : null;
  for (const link of document.querySelectorAll("[data-leave]")) {
    link.href = `/visits/${number}/sign/leave/`;
    link.addEventListener("click", takeBack);
  }
  if (vault?.sign && !vault.opens(number)) return askEngineer(() => vault.handOver(number, { offline: true, nonce: vault.sign.nonce }).then(show));
  if (vault?.sign) keepSyncing(vault, number); // when the server answers again, its session is the customer's too
  await show();
}

async function show() {
  page = await statementFor(vault, number, language);
  showStatement(page);
  document.getElementById("statement").removeAttribute("aria-busy");
  fill("company", page.statement.company.name);
  fill("consent", page.consent);
  fill("short", short(page.sha256));
  form.hidden = false;
  pad.fit();
}

/** The laptop was closed in the customer's hands, or the engineer takes it back: the passphrase, here on the page. */
function askEngineer(then) {
  const place = document.getElementById("engineer");
  vault.addEventListener("opened", () => {
    place.replaceChildren();
    then();
  }, { once: true });
  place.replaceChildren(unlockPanel(vault));
  place.scrollIntoView({ block: "center" });
}

function takeBack(event) {
  if (!vault?.sign) return;
  event.preventDefault();
  askEngineer(() => vault.takeBack().then(() => location.assign(`/visits/${number}/record/`)));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const send = event.submitter;
  send.disabled = true;
  try {
    const { values, errors } = cleanSigner(await valuesOf(send.value));
    showErrors(errors);
    if (Object.keys(errors).length) throw new Error(words.look);
    const body = { ...values, id: packageId, page };
    const { receipt, fields = {}, message } = vault?.opens(number) ? await keepPackage(vault, number, body) : await postPackage(number, language, body);
    showErrors(fields);
    if (message) throw new Error(message);
    thank(receipt);
  } catch (error) {
    problem(error.message);
  } finally {
    send.disabled = false;
  }
});

async function valuesOf(kind) {
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const stamp = document.getElementById("stamp").files[0];
  if (stamp?.size > 5 * 1024 * 1024) throw new Error(words.too_large);
  return { ...values, kind, strokes: pad.strokes(), stamp: stamp ? await dataUrl(stamp) : "" };
}

function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function showErrors(fields) {
  for (const place of form.querySelectorAll("[data-error]")) place.textContent = (fields[place.dataset.error] ?? []).join(" ");
  for (const input of form.querySelectorAll("[id^=sign-]")) input.classList?.remove("is-invalid");
  for (const old of form.querySelectorAll(".ours")) old.remove();
  for (const [name, messages] of Object.entries(fields)) {
    if (form.querySelector(`[data-error="${name}"]`)) continue;
    const group = document.getElementById(`div_sign-${name}`) ?? form.querySelector(`[name="${name}"]`)?.closest(".mb-3");
    form.querySelector(`[name="${name}"]`)?.classList.add("is-invalid");
    group?.append(el("div", { class: "invalid-feedback ours d-block" }, messages.join(" ")));
  }
  const first = form.querySelector(".is-invalid, .ours, [data-error]:not(:empty)");
  first?.scrollIntoView({ block: "center" });
}

/** What was wrong is no longer said once it is being mended. */
function mending(name) {
  for (const input of form.querySelectorAll(`[name="${name}"]`)) input.classList.remove("is-invalid");
  document.getElementById(`div_sign-${name}`)?.querySelector(".ours")?.remove();
  const place = form.querySelector(`[data-error="${name}"]`);
  if (place) place.textContent = "";
}

/** `receipt` is null while headquarters does not have it yet: then it is safe on this laptop. */
function thank(receipt) {
  problem("");
  const isRefusal = receipt ? receipt.state === "refused" : form.querySelector("#refusal_reason").value.trim() && !document.getElementById("refusal").hidden;
  const isOdd = ["marked", "quarantined"].includes(receipt?.state);
  const said = !receipt ? (isRefusal ? words.kept_refused : words.kept) : isOdd ? words.marked : isRefusal ? words.thanks_refused : words.thanks;
  fill("thanks", receipt && !isOdd ? `${said} ${shownHere(new Date(receipt.received_at))}` : said);
  fill("marks", ...(receipt?.marks ?? []).map((text) => el("li", {}, text)));
  form.hidden = true;
  const box = document.getElementById("thanks");
  box.dataset.received = receipt ? "1" : "";
  box.hidden = false;
  box.scrollIntoView({ block: "center" });
}

function problem(message) {
  const box = document.getElementById("problem");
  box.textContent = message;
  box.hidden = !message;
  if (message) box.scrollIntoView({ block: "center" });
}

form.addEventListener("input", ({ target }) => mending(target.name || target.id));
document.getElementById("pad").addEventListener("pointerdown", () => mending("strokes"));
document.getElementById("undo").onclick = () => pad.undo();
document.getElementById("clear").onclick = () => pad.clear();
document.getElementById("refuse-open").onclick = () => {
  document.getElementById("refusal").hidden = false;
  document.getElementById("refusal_reason").focus();
};
start().catch((error) => problem(error.message || words.not_sent));

// The customer's page: shows the statement, computes its hash here, and posts what was signed in one package.
import canonicalize from "canonicalize";
import { v7 as uuidv7 } from "uuid";
import { cookie } from "./base.js";
import { deviceNow } from "./records/time.js";
import { el, fill, words } from "./records/dom.js";
import { SignaturePart } from "./signoff/pad.js";
import { showStatement } from "./signoff/statement.js";

const number = location.pathname.split("/")[2];
const form = document.getElementById("sign-form");
const language = form.dataset.language;
const base = `/api/v1/visits/${number}`;
const packageId = uuidv7();
const pad = new SignaturePart(document.getElementById("pad"));
let page = null;

async function hash(statement) {
  const bytes = new TextEncoder().encode(canonicalize(statement));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function start() {
  const response = await fetch(`${base}/statement/?language=${language}`, { headers: { Accept: "application/json" } });
  page = await response.json();
  if (!response.ok) throw new Error(page.message);
  page.ours = await hash(page.statement);
  showStatement(page);
  document.getElementById("statement").removeAttribute("aria-busy");
  if (page.ours !== page.sha256) throw new Error(words.different);
  fill("company", page.statement.company.name);
  fill("consent", page.consent);
  fill("short", page.ours.slice(0, 12).toUpperCase().replace(/(...)(?=.)/g, "$1 "));
  form.hidden = false;
  pad.fit();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const send = event.submitter;
  send.disabled = true;
  try {
    await post(await packageOf(send.value));
  } catch (error) {
    problem(error.message);
  } finally {
    send.disabled = false;
  }
});

async function packageOf(kind) {
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const stamp = document.getElementById("stamp").files[0];
  if (stamp?.size > 5 * 1024 * 1024) throw new Error(words.too_large);
  return {
    ...values, kind, id: packageId, statement: page.statement, sha256: page.ours, nonce: page.nonce,
    strokes: pad.strokes(), stamp: stamp ? await dataUrl(stamp) : "", signed_at: deviceNow().device_at,
  };
}

function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function post(body) {
  let response, answer;
  try {
    response = await fetch(`${base}/sign-off/?language=${language}`, {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
    });
    answer = await response.json();
  } catch {
    throw new Error(words.not_sent);
  }
  showErrors(answer.fields ?? {});
  if (answer.receipt?.sha256 === page.ours) return thank(answer.receipt);
  throw new Error(answer.message ?? words.not_sent);
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

function thank(receipt) {
  problem("");
  const said = receipt.state === "refused" ? words.thanks_refused : receipt.state === "marked" ? words.marked : words.thanks;
  fill("thanks", `${said} ${receipt.state === "marked" ? "" : new Date(receipt.received_at).toLocaleString(language)}`);
  fill("marks", ...receipt.marks.map((text) => el("li", {}, text)));
  form.hidden = true;
  document.getElementById("thanks").hidden = false;
  document.getElementById("thanks").scrollIntoView({ block: "center" });
}

function problem(message) {
  const box = document.getElementById("problem");
  box.textContent = message;
  box.hidden = !message;
  if (message) box.scrollIntoView({ block: "center" });
}

document.getElementById("undo").onclick = () => pad.undo();
document.getElementById("clear").onclick = () => pad.clear();
document.getElementById("refuse-open").onclick = () => {
  document.getElementById("refusal").hidden = false;
  document.getElementById("refusal_reason").focus();
};
start().catch((error) => problem(error.message || words.not_sent));

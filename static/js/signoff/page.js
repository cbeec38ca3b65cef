// The page that a customer reads and signs, on the engineer's laptop or on a screen of the customer's own: statement, signer, signature.
import uuidv7 from "uuid";
import { el, fill, words } from "../records/dom.js";
import { shownHere } from "../records/time.js";
import { short } from "../rules/canonical.js";
import { speak } from "../rules/say.js";
import { SignaturePart } from "./pad.js";

const LARGEST_STAMP = 5 * 1024 * 1024;

export class SignPage {
  /**
   * `load()` gives the page {statement, sha256, consent, …}, `show(page)` draws its statement, `clean(values)` gives {values, errors},
   * `send(body)` gives {receipt} or {fields, message}. Each may throw a sentence.
   */
  constructor({ load, show, clean, send }) {
    Object.assign(this, { load, show, clean, send });
    speak(JSON.parse(document.getElementById("rules").textContent).sentences);
    this.form = document.getElementById("sign-form");
    this.pad = new SignaturePart(document.getElementById("pad"));
    this.id = uuidv7();
    this.page = null;
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("input", ({ target }) => this.mending(target.name || target.id));
    document.getElementById("pad").addEventListener("pointerdown", () => this.mending("strokes"));
    document.getElementById("undo").onclick = () => this.pad.undo();
    document.getElementById("clear").onclick = () => this.pad.clear();
    document.getElementById("refuse-open").onclick = () => {
      document.getElementById("refusal").hidden = false;
      document.getElementById("refusal_reason").focus();
    };
  }

  async open() {
    this.page = await this.load();
    this.draw();
  }

  /** The page was closed after the signature: what was signed, and our thanks once more. */
  again(body, receipt) {
    this.page = { ...body, changes: [] };
    this.draw();
    this.thank(receipt, body.kind === "refused");
  }

  draw() {
    this.show(this.page);
    document.getElementById("statement").removeAttribute("aria-busy");
    fill("company", this.page.statement.company.name);
    fill("consent", this.page.consent);
    fill("short", short(this.page.sha256));
    this.form.hidden = false;
    this.pad.fit();
  }

  /** What was read changed meanwhile: it is shown anew, what was typed stays, and the signature under the old words goes. */
  replace(page) {
    this.page = page;
    this.pad.clear();
    this.draw();
    document.getElementById("statement").scrollIntoView();
  }

  async submit(event) {
    event.preventDefault();
    const press = event.submitter;
    press.disabled = true;
    try {
      const { values, errors } = this.clean(await this.values(press.value));
      this.showErrors(errors);
      if (Object.keys(errors).length) throw new Error(words.look);
      const { receipt, fields = {}, message } = await this.send({ ...values, id: this.id, page: this.page });
      this.showErrors(fields);
      if (message) throw new Error(message);
      this.thank(receipt, press.value === "refused");
    } catch (error) {
      problem(error.message);
    } finally {
      press.disabled = false;
    }
  }

  async values(kind) {
    const values = Object.fromEntries([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    const stamp = document.getElementById("stamp")?.files[0];
    if (stamp?.size > LARGEST_STAMP) throw new Error(words.too_large);
    return { ...values, kind, strokes: this.pad.strokes(), stamp: stamp ? await dataUrl(stamp) : "" };
  }

  showErrors(fields) {
    const { form } = this;
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
  mending(name) {
    for (const input of this.form.querySelectorAll(`[name="${name}"]`)) input.classList.remove("is-invalid");
    document.getElementById(`div_sign-${name}`)?.querySelector(".ours")?.remove();
    const place = this.form.querySelector(`[data-error="${name}"]`);
    if (place) place.textContent = "";
  }

  /** The customer reads that the signature lies on this laptop. */
  get isKept() {
    const box = document.getElementById("thanks");
    return !box.hidden && !box.dataset.received;
  }

  /** `receipt` is null while headquarters does not have it yet: then it is safe on this laptop. */
  thank(receipt, isRefusal) {
    problem("");
    const isOdd = ["marked", "quarantined"].includes(receipt?.state);
    const said = !receipt ? (isRefusal ? words.kept_refused : words.kept) : isOdd ? words.marked : isRefusal ? words.thanks_refused : words.thanks;
    fill("thanks", receipt && !isOdd ? `${said} ${shownHere(new Date(receipt.received_at))}` : said);
    fill("marks", ...(receipt?.marks ?? []).map((text) => el("li", {}, text)));
    this.form.hidden = true;
    const box = document.getElementById("thanks");
    box.dataset.received = receipt ? "1" : "";
    box.hidden = false;
    box.scrollIntoView({ block: "center" });
  }
}

function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export function problem(message) {
  const box = document.getElementById("problem");
  box.textContent = message;
  box.hidden = !message;
  if (message) box.scrollIntoView({ block: "center" });
}

/** Nothing can be shown: why, instead of a statement that seems to be on its way. */
export function failed(error) {
  document.getElementById("statement").replaceChildren();
  problem(error.message || words.not_sent);
}

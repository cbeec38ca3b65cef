// One dialog for every kind of entry: its fields come from the shell's template of that kind.
import { Draft, draftOf } from "../laptop/drafts.js";
import { el, fill, slot, words } from "./dom.js";
import { shownHere, toIso, toWall } from "./time.js";

/**
 * Ask for one entry. options: title, lead ([sentence]), values {field: value}, corrects (entry id), only [fields to show].
 * On a laptop with a passphrase what is typed is kept as a draft while it is typed.
 */
export async function openDialog(page, kind, options = {}) {
  const { title, lead = [], values = {}, corrects = null, only = null } = options;
  const dialog = document.getElementById("dialog");
  const form = dialog.querySelector("form");
  fill("dialog-title", title || words.kinds[kind]);
  fill("dialog-rules", ...(page.bundle.rules_here?.above[kind] ?? []).map((text) => el("p", { class: "mb-1" }, `§ ${text}`)));
  fill("dialog-lead", ...lead.map((sentence) => el("p", {}, sentence)));
  fill("dialog-fields", document.getElementById(`form-${kind}`).content.cloneNode(true));
  fill("dialog-saved");
  showProblem("");
  const zone = page.bundle.site.time_zone;
  prepare(form, page, zone, values, only);
  const draft = await draftFor(page, form, kind, options);
  form.onsubmit = async (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    event.submitter.disabled = true;
    try {
      await draft?.settle();
      await page.post(kind, await payloadOf(form, page, zone), corrects, draft?.key);
      dialog.close();
    } catch (error) {
      showErrors(form, error);
    } finally {
      event.submitter.disabled = false;
    }
  };
  dialog.onclose = () => page.desk && page.refresh();
  dialog.showModal();
  for (const input of form.querySelectorAll("[data-pad]")) import("./training.js").then((module) => module.padFor(input));
}

/** Keeps what is typed from here on, after putting back what was typed before. */
async function draftFor(page, form, kind, options) {
  form.oninput = null;
  if (!page.desk.isLocal || page.desk.readOnly) return null;
  const { vault } = page.desk;
  const key = [page.number, kind, options.values?.scope_item ?? options.values?.rule_code ?? options.values?.runbook_step ?? options.values?.attendee ?? options.values?.question ?? "", options.corrects ?? ""].join(" ");
  const before = await draftOf(vault, page.number, key);
  for (const input of inputsOf(form)) {
    if (before && input.name in before.typed && input.type !== "file") {
      if (input.type === "checkbox") input.checked = before.typed[input.name];
      else input.value = before.typed[input.name];
    }
  }
  if (before) fill("dialog-saved", words.draft_back);
  const draft = new Draft(vault, page.number, key, {
    saved: ({ typed }) => {
      fill("dialog-saved", `${words.draft_saved} ${shownHere(new Date(), 19).slice(11)}`);
      form.dispatchEvent(new CustomEvent("draftsaved", { bubbles: true, detail: typed }));
    },
    failed: () => fill("dialog-saved", words.draft_failed),
  });
  form.oninput = () => draft.save({ kind, options, typed: typed(form) });
  return draft;
}

function typed(form) {
  const inputs = inputsOf(form).filter((input) => input.type !== "file");
  return Object.fromEntries(inputs.map((input) => [input.name, input.type === "checkbox" ? input.checked : input.value]));
}

function prepare(form, page, zone, values, only) {
  for (const select of form.querySelectorAll("[data-items]")) {
    select.replaceChildren(
      ...page.bundle.scope.map((item) => el("option", { value: item.position }, `${item.position}. ${item.text}`)),
    );
  }
  for (const input of inputsOf(form)) {
    const value = values[input.name];
    if (input.type === "datetime-local") input.value = toWall(value ? new Date(value) : new Date(), zone);
    else if (input.type === "checkbox") input.checked = Boolean(value);
    else if (input.type !== "file" && value !== undefined && value !== null) input.value = value;
    if (only && !only.includes(input.name) && input.type !== "hidden") {
      if (input.type === "datetime-local") input.value = "";
      input.closest("[id^=div_], .mb-3")?.setAttribute("hidden", "");
    }
  }
}

function inputsOf(form) {
  return [...form.elements].filter((input) => input.name);
}

async function payloadOf(form, page, zone) {
  const payload = {};
  for (const input of inputsOf(form)) {
    if (input.type === "file") payload[input.name] = input.files[0] ? await page.desk.file(input.files[0]) : "";
    else if (input.type === "checkbox") payload[input.name] = input.checked;
    else if (input.dataset.next) payload[input.name] = page.bundle.next_position;
    else if (input.type === "datetime-local") payload[input.name] = input.value ? toIso(input.value, zone) : "";
    else payload[input.name] = input.value;
  }
  return payload;
}

function showErrors(form, error) {
  for (const old of form.querySelectorAll(".invalid-feedback.ours")) old.remove();
  for (const input of inputsOf(form)) {
    const messages = error.fields?.[input.name];
    input.classList.toggle("is-invalid", Boolean(messages));
    if (messages) {
      input.after(el("div", { class: "invalid-feedback ours d-block" }, messages.join(" ")));
      input.closest("[hidden]")?.removeAttribute("hidden");
    }
  }
  form.querySelector(".is-invalid")?.focus();
  showProblem(error.message, error.rules);
}

function showProblem(message, rules = []) {
  const box = slot("dialog-problem");
  box.replaceChildren(message, el("ul", {}, ...rules.map((rule) => el("li", {}, rule.text))));
  box.hidden = !message;
}

// One dialog for every kind of entry: its fields come from the shell's template of that kind.
import { el, fill, slot, words } from "./dom.js";
import { toIso, toWall } from "./time.js";

/**
 * Ask for one entry. options: title, lead (nodes), values {field: value}, corrects (entry id), only [fields to show].
 */
export function openDialog(page, kind, { title, lead = [], values = {}, corrects = null, only = null } = {}) {
  const dialog = document.getElementById("dialog");
  const form = dialog.querySelector("form");
  fill("dialog-title", title || words.kinds[kind]);
  fill("dialog-lead", ...lead);
  fill("dialog-fields", document.getElementById(`form-${kind}`).content.cloneNode(true));
  showProblem("");
  const zone = page.bundle.site.time_zone;
  prepare(form, page, zone, values, only);
  form.onsubmit = async (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    event.submitter.disabled = true;
    try {
      await page.post(kind, await payloadOf(form, page, zone), corrects);
      dialog.close();
    } catch (error) {
      showErrors(form, error);
    } finally {
      event.submitter.disabled = false;
    }
  };
  dialog.showModal();
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
    if (input.type === "file") payload[input.name] = input.files[0] ? await page.commands.file(input.files[0]) : "";
    else if (input.type === "checkbox") payload[input.name] = input.checked;
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

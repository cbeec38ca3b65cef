// What was typed and not saved: offered again after the browser was closed, or the power went.
import { draftsOf, forget } from "../laptop/drafts.js";
import { button, el, fill, words } from "./dom.js";
import { shown } from "./time.js";

export async function showDrafts(page) {
  if (!page.desk.isLocal) return fill("drafts");
  const drafts = await draftsOf(page.desk.vault, page.number);
  fill("drafts", ...drafts.map((draft) => row(page, draft)));
}

function row(page, { key, at, values }) {
  const { kind, options } = values;
  const zone = page.bundle.site.time_zone;
  return el("div", { class: "alert alert-warning py-2 draft" },
    el("div", { class: "flex-fill" }, el("strong", {}, words.kinds[kind]), ` ${words.draft_of} ${shown(new Date(at).toISOString(), zone)}`),
    button(words.go_on, () => page.ask(kind, options), "btn btn-sm btn-primary"),
    button(words.discard, () => forget(key).then(() => page.refresh()), "btn btn-sm"));
}

// New needs outside of the scope: asked or noted here, decided at headquarters.
import { button, el, words } from "./dom.js";
import { shown } from "./time.js";

const LOOK = { waiting: "alert-info", claimed: "alert-warning", do_now: "alert-success", new_order: "alert-success", refused: "alert-danger" };

/** The two ways to note one: headquarters is asked and answers later, or somebody there decided on the telephone. */
export function needButtons(page) {
  const ask = (title, only) => button(`${title} …`, () => page.ask("new_need", { title, only }));
  return [ask(words.need_asked, ["text"]), ask(words.need_told, null)];
}

export function needs({ scope_changes: rows, site }) {
  return rows.map((row) => {
    const isContested = row.decided_by && row.claimed && row.claimed !== row.state;
    return el("div", { class: `alert mt-3 ${LOOK[row.state]}`, "data-need": row.state },
      el("div", { class: "fw-bold" }, row.text),
      el("div", {}, words[`need_${row.state}`], row.state === "claimed" ? `: ${words[`need_${row.claimed}`]} · ${row.told_by}` : "", row.order ? ` · ${row.order}` : ""),
      isContested ? el("div", { class: "fw-bold" }, words.need_contested) : null,
      row.reason ? el("div", { class: "pre-line" }, row.reason) : null,
      row.decided_by ? el("div", { class: "small" }, `${row.decided_by} · ${shown(row.decided_at, site.time_zone)} · ${row.called}`) : null);
  });
}

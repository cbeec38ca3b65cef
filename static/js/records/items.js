// Things carried into a machine room: what is inside, and whether everything is accounted for.
import { uneven } from "../rules/items.js";
import { button, el, words } from "./dom.js";

/** The list of a machine room visit; null for the others. */
export function roomItems(page) {
  const { bundle } = page;
  if (!bundle.checklist.enter_room) return null;
  const rows = bundle.record.room_items ?? [];
  const left = uneven(rows);
  const state = !rows.length ? words.items_none : left.length ? words.items_open : words.items_even;
  return el("div", { class: "mb-3", id: "room-items" },
    el("div", { class: "d-flex flex-wrap align-items-center gap-2" },
      el("strong", {}, words.items), el("span", { class: `badge state state-${left.length ? "open" : "done"}` }, state),
      button(`${words.kinds.room_item} …`, () => page.ask("room_item"), "btn btn-sm ms-auto")),
    left.length ? el("ul", { class: "mb-0" }, ...left.flatMap(([name, inside, borrowed]) => [
      inside ? el("li", {}, `${name}: ${inside} · ${words.items_inside}`) : null,
      borrowed ? el("li", {}, `${name}: ${borrowed} · ${words.items_borrowed}`) : null,
    ].filter(Boolean))) : null);
}

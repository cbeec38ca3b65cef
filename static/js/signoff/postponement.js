// A postponement as a document for the customer to read. It shows what is hashed, and nothing else.
import { el, fill, words } from "../records/dom.js";
import { facts, time } from "./statement.js";

const span = (from, until) => (from ? `${time(from)} – ${time(until)}` : "");

export function showPostponement({ statement }) {
  const s = statement;
  fill("statement",
    el("header", { class: "mb-3" },
      el("div", { class: "text-secondary" }, s.company.name),
      el("h1", { class: "h2" }, document.title),
      el("div", { class: "text-break" }, [s.number, s.order, s.visit].filter(Boolean).join(" · "))),
    facts([
      [words.site, [s.customer.name, s.site.name, s.site.address].filter(Boolean).join("\n")],
      [words.was_agreed, span(s.was_from, s.was_until)],
      [words.put_off_to, span(s.new_from, s.new_until)],
      [words.put_off_reason, s.reason],
    ]),
    el("h2", { class: "h3 mt-4" }, words.put_off_scope), el("ul", {}, ...s.scope.map((text) => el("li", {}, text))),
  );
}

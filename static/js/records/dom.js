// Small helpers around the document. Text always goes in as text, never as markup.

export const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** An element with attributes (class, data-…, listeners as functions under "onclick" and the like) and children. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function slot(name) {
  return document.querySelector(`[data-fill="${name}"]`);
}

export function fill(name, ...children) {
  slot(name).replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

export function button(text, onclick, look = "btn") {
  return el("button", { type: "button", class: look, onclick }, text);
}

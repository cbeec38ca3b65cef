// The form of a place in a dialog: the same page that works without scripts.
import { lost, refresh } from "./live.js";
import { get, post } from "./server.js";

const dialog = document.getElementById("board-panel");
const body = document.getElementById("board-panel-body");

export const isOpen = () => dialog.open;

export async function open(address) {
  try {
    show(await get(address));
  } catch (error) {
    lost(error);
  }
}

/** Post, and show the form again when the server says no. */
export async function send(address, fields) {
  try {
    const answer = await post(address, fields);
    if (answer.page) return show(answer.page);
    if (dialog.open) dialog.close();
    else await refresh();
  } catch (error) {
    lost(error);
  }
}

function show(page) {
  const part = page.getElementById("panel") || page.querySelector("main .page-body") || page.body;
  body.replaceChildren(...[...part.childNodes].map((node) => document.importNode(node, true)));
  if (!dialog.open) dialog.showModal();
  (body.querySelector(".is-invalid") || body.querySelector("select, textarea, input:not([type=hidden]), button"))?.focus();
}

dialog.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  event.preventDefault();
  send(event.target.getAttribute("action"), new FormData(event.target, event.submitter));
});
dialog.addEventListener("close", () => refresh().catch(lost));

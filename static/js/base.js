// What every page needs: our CSRF token on htmx's requests, and one submit a press.
import { cookie } from "./cookie.js";
import "./menu.js";

document.body.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
});

// A second press of the same button while the first is under way would post the form again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What was refused is shown at once, wherever on the page its form stands.
const refused = document.querySelector("main .is-invalid, main form .alert-danger");
refused?.scrollIntoView({ block: "center" });
refused?.focus({ preventScroll: true });

// Somebody who takes visits along, a page from this laptop's own cache, or a browser that holds somebody's work, whoever looks at it:
// the queue runs behind the page. A laptop that was taken away learns it even where nobody is signed in.
const { laptop, shell } = document.body.dataset;
const left = JSON.parse(localStorage.getItem("fieldservice.waiting") ?? "null");
if (laptop !== undefined || shell !== undefined || left?.owner) import("./laptop/background.js");

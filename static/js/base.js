// What every page needs: our CSRF token on htmx's requests, and one submit a press.
document.body.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
});

/** The value of a cookie by the end of its name, since production adds a prefix. */
export function cookie(name) {
  const pair = document.cookie.split("; ").find((part) => part.split("=")[0].endsWith(name));
  return pair ? decodeURIComponent(pair.slice(pair.indexOf("=") + 1)) : "";
}

// A second press of the same button while the first is under way would post the form again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

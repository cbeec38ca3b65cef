// Talking to headquarters: forms are posted as forms, and their answers are pages, whoever sends them.
import { cookie } from "../cookie.js";

/** {done: true}, or {page: Document} with the form and what is wrong with it. Throws when nobody answers. */
export async function post(address, fields) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const headers = { "X-CSRFToken": cookie("csrftoken") };
  const response = await fetch(address, { method: "POST", body, headers, redirect: "manual" });
  if (response.type === "opaqueredirect") return { done: true };
  return { page: parse(await response.text()) };
}

export async function get(address) {
  const response = await fetch(address, { cache: "no-store" });
  refuseSignIn(response);
  if (!response.ok && response.status !== 422) throw new Error(response.status);
  return parse(await response.text());
}

export async function ask(address) {
  const response = await fetch(address, { cache: "no-store" });
  refuseSignIn(response);
  return response.json();
}

/** No page of the board leads elsewhere but to the sign-in page: this browser is signed out. */
function refuseSignIn(response) {
  if (response.redirected) throw Object.assign(new Error("signed out"), { signedOut: true });
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

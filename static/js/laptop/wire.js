// One request to our server, and what its answer is worth. Only our own JSON counts as an answer: a hotel's sign-in page says 200 too.
import { cookie } from "../cookie.js";

const REFUSALS = [400, 404, 409, 410, 413, 415, 422];

/**
 * {kind, status, json, etag}. kind: "ok" (2xx with JSON), "same" (what was asked for is still what `etag` named), "refused" (the server read it and said no), "signed_out", "server" (it is
 * in trouble), "foreign" (somebody else answered), "away" (nobody did; whether it arrived is not known).
 */
export async function ask(path, { method = "GET", json, body, headers = {}, device = "", etag = "", patience = 20000 } = {}) {
  const sent = {
    method, body: json === undefined ? body : JSON.stringify(json), redirect: "manual", cache: "no-store",
    signal: AbortSignal.timeout(patience),
    headers: { Accept: "application/json", ...(json === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
  };
  if (device) sent.headers["X-Device"] = device;
  if (etag) sent.headers["If-None-Match"] = etag;
  // The token of now: one that came with a page may be older than the session.
  if (method !== "GET") sent.headers["X-CSRFToken"] = cookie("csrftoken");
  let response;
  try {
    response = await fetch(path, sent);
  } catch {
    return { kind: "away", status: 0, json: null };
  }
  const now = response.headers.get("ETag") ?? "";
  if (response.status === 304) return { kind: etag && strong(now) === strong(etag) ? "same" : "foreign", status: 304, json: null, etag: now };
  return { ...(await worth(response)), status: response.status, etag: now };
}

/** A proxy that compresses marks an ETag as weak; it names the same thing. */
const strong = (etag) => etag.replace(/^W\//, "");

async function worth(response) {
  const { status } = response;
  if (status === 401 || status === 403) return { kind: "signed_out", json: await read(response) }; // it may say that the laptop is revoked
  if (status >= 500 || status === 429 || status === 408) return { kind: "server", json: null };
  const json = await read(response);
  if (status === 413) return { kind: "refused", json };
  if (!json) return { kind: "foreign", json: null };
  if (response.ok) return { kind: "ok", json };
  return { kind: REFUSALS.includes(status) ? "refused" : "server", json };
}

async function read(response) {
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return null;
  try {
    const json = await response.json();
    return json && typeof json === "object" ? json : null;
  } catch {
    return null; // cut off on the way
  }
}

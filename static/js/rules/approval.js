// An approval that this laptop took along: headquarters' signature, and whether it is for this engineer, this visit and this very form.
import { hash } from "./canonical.js";
import { say } from "./say.js";

/** "" when the change may be begun as far as the approval goes, else the sentence that says why not. `key` is headquarters' JWK. */
export async function denied({ change, visit }, key) {
  if (change.is_emergency) return "";
  const fits = await isRight(change, visit, key).catch(() => false);
  return fits ? "" : say("The approval on this laptop is not headquarters', or is for somebody or something else. Load the visit again.");
}

async function isRight({ number, content, token, window_from, window_to }, visit, key) {
  const kind = { name: "ECDSA", namedCurve: "P-256" };
  const imported = await crypto.subtle.importKey("jwk", key, kind, false, ["verify"]);
  const signature = Uint8Array.from(atob(token.signature), (letter) => letter.charCodeAt(0));
  const bytes = new TextEncoder().encode(token.payload);
  if (!(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, signature, bytes))) return false;
  const said = JSON.parse(token.payload);
  return said.change === number && said.visit === visit.number && said.engineer === visit.engineer
    && said.window_from === window_from && said.window_to === window_to && said.sha256 === (await hash(content));
}

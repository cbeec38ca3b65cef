// What the customer signed, as one package: kept on this laptop first where it can be kept, else posted at once.
import { clockFacts } from "../laptop/clock.js";
import { byId } from "../laptop/store.js";
import { bodyOf, keep, rows } from "../laptop/queue.js";
import { sync } from "../laptop/sync.js";
import { ask } from "../laptop/wire.js";
import { words } from "../records/dom.js";
import { deviceNow } from "../records/time.js";
import { hash } from "../rules/canonical.js";

const FIELDS = [
  "id", "kind", "signer_name", "signer_position", "signer_telephone", "satisfaction", "comment", "refusal_reason", "typed_name",
  "strokes", "stamp", "no_stamp_reason",
];

function packageOf(values) {
  const { statement, sha256, nonce } = values.page;
  const now = deviceNow();
  const told = Object.fromEntries(FIELDS.map((name) => [name, values[name] ?? ""]));
  return { ...told, statement, sha256, nonce, signed_at: now.device_at, clock: { ...clockFacts(), device_offset_minutes: now.device_offset_minutes } };
}

/** {receipt}: null while it is on this laptop only. It is on the disk before anything is sent. */
export async function keepPackage(vault, number, values) {
  const { covers, consent, statement } = values.page;
  const body = { ...packageOf(values), covers, consent, device: vault.laptop.device, wording_edition: statement.wording_edition };
  await keep(vault, { type: "package", id: body.id, visit: number, sha256: await hash(body), body });
  await sync(vault, { now: true, visit: number }).catch(() => null);
  return { receipt: receiptOf(await byId(body.id)) };
}

/** The receipt of a kept package, or null while headquarters does not have it. */
export function receiptOf(row) {
  if (row?.state !== "received") return null;
  return { state: row.receipt.state, received_at: row.receipt.at, marks: row.receipt.marks ?? [] };
}

/** {body, receipt} of what the customer who has this laptop signed already, or null. */
export async function givenHere(vault, number) {
  const row = (await rows(number)).find(({ type, nonce }) => type === "package" && nonce === vault.sign.nonce);
  return row ? { body: await bodyOf(vault, row), receipt: receiptOf(row) } : null;
}

export async function postPackage(path, values) {
  const { json } = await ask(path, { method: "POST", json: packageOf(values), patience: 60000 });
  if (json?.receipt?.sha256 === values.page.sha256) return { receipt: json.receipt };
  return { fields: json?.fields, message: json?.message ?? words.not_sent };
}

// What waits for headquarters: in the order it was made, readable with the passphrase here and with headquarters' key there.
import { canonicalBytes } from "../rules/canonical.js";
import { base64 } from "./bytes.js";
import { decrypt, decryptBytes, encrypt, encryptBytes, seal } from "./crypto.js";
import { tell } from "./news.js";
import { all, get, write } from "./store.js";

const STATES = ["waiting", "attention", "received"];

/**
 * Keep one item: {type, id, visit, sha256, body}, for a photo also `bytes`. When this returns it is on the disk, in both readings.
 * `draft` names a draft that ends with it.
 */
export async function keep(vault, item, { bytes = null, draft = null } = {}) {
  const { type, id, visit, sha256, body } = item;
  const key = await vault.keyFor(visit);
  const { owner, device, hq } = vault.laptop;
  const open = { type, id, visit, author: owner, device, body: bytes ? { ...body, data: base64(bytes) } : body };
  const [value, sealed, blob] = await Promise.all([
    encrypt(key, body, `queue:${id}`), seal(hq, open, canonicalBytes), bytes && encryptBytes(key, bytes, `blob:${id}`),
  ]);
  const row = {
    id, type, visit, sha256, value, sealed, key: vault.wrapped.id, since: new Date().toISOString(), state: "waiting", tries: 0, next: 0,
    unsure: false, size: bytes?.byteLength ?? 0, file: (type === "entry" && body.payload.file) || null,
    nonce: body.nonce ?? null,
  };
  await write(["queue", "blobs", "drafts"], (tx) => Promise.all([
    blob && tx.objectStore("blobs").put({ id, visit, type: body.type, ...blob }), // first, as the one that may find no room
    tx.objectStore("queue").add(row),
    draft && tx.objectStore("drafts").delete(draft),
  ]));
  tell("changed", { visit });
  tell("kept", { visit });
}

/** Rows in their order. */
export async function rows(visit = null) {
  return (await all("queue")).filter((row) => !visit || row.visit === visit);
}

export async function bodyOf(vault, row) {
  return decrypt(await vault.keyFor(row.visit), row.value, `queue:${row.id}`);
}

export async function bytesOf(vault, visit, id) {
  const kept = await get("blobs", id);
  return kept ? { type: kept.type, bytes: await decryptBytes(await vault.keyFor(visit), kept, `blob:${id}`) } : null;
}

export async function reasonOf(vault, row) {
  return row.reason && vault.opens(row.visit) ? decrypt(await vault.keyFor(row.visit), row.reason, `reason:${row.id}`) : "";
}

/** Change one row; a server's words about it are kept as ciphertext like the rest. */
export async function mark(vault, row, changes, reason = null) {
  if (changes.state && !STATES.includes(changes.state)) throw new Error(changes.state);
  const kept = { ...changes };
  if (reason !== null && vault.opens(row.visit)) kept.reason = await encrypt(await vault.keyFor(row.visit), reason, `reason:${row.id}`);
  await write(["queue"], async (tx) => {
    const store = tx.objectStore("queue");
    const now = await store.get(row.seq);
    if (now) await store.put({ ...now, ...kept });
  });
  tell("changed", { visit: row.visit });
}

/** Take away what headquarters has for certain and shows itself. */
export async function drop(seqs, visit) {
  if (!seqs.length) return;
  await write(["queue"], (tx) => Promise.all(seqs.map((seq) => tx.objectStore("queue").delete(seq))));
  tell("changed", { visit });
}

/** The sealed envelopes as one file that only headquarters can open. */
export async function sealedFile(device) {
  const items = (await rows()).filter((row) => row.state !== "received" && row.sealed).map((row) => JSON.parse(row.sealed));
  return JSON.stringify({ format: "fieldservice.sealed-file.1", device, items });
}

export async function waitingCounts() {
  const list = await rows();
  return { waiting: list.filter((row) => row.state === "waiting").length, attention: list.filter((row) => row.state === "attention").length };
}

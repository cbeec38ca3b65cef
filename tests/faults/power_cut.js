// The writing and the reading half of the power cut: the product's own store, passphrase, drafts and queue.
import uuidv7 from "uuid";
import { Draft, draftsOf } from "/js/laptop/drafts.js";
import { bodyOf, keep, rows } from "/js/laptop/queue.js";
import { Vault } from "/js/laptop/vault.js";

const PASSPHRASE = "a passphrase of the rig";
const VISIT = "V-2026-000001";
const ONE_IN = 10;

let vault = null;
const acknowledged = [];

/** Type without end: each autosave under a key of its own, so that every lost one can be counted; now and then an entry is kept. */
export async function write() {
  vault = await Vault.open();
  const { publicKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const hq = { id: "rig", jwk: await crypto.subtle.exportKey("jwk", publicKey) };
  const far = new Date(Date.now() + 86400000).toISOString();
  await vault.setUp(PASSPHRASE, { device: crypto.randomUUID(), name: "rig", owner: "rig", hq, lease_until: far, epoch: 0, last_contact: new Date().toISOString() });
  goOn();
}

async function goOn() {
  for (let number = 1; ; number += 1) {
    if (number % ONE_IN === 0) {
      const id = uuidv7();
      await keep(vault, { type: "entry", id, visit: VISIT, sha256: "", body: { id, kind: "note", payload: { text: `kept ${number}` } } });
      acknowledged.push(`kept ${number}`);
    } else {
      const saved = await new Promise((done, failed) => new Draft(vault, VISIT, `draft ${number}`, { saved: done, failed }).save({ text: `typed ${number}` }));
      acknowledged.push(saved.text);
    }
  }
}

export function told() {
  return acknowledged;
}

/** What the passphrase opens after the cut: the texts of all drafts and entries. */
export async function read() {
  vault = await Vault.open();
  if (!vault.exists) return [];
  await vault.unlock(PASSPHRASE);
  const drafts = (await draftsOf(vault, VISIT)).map((draft) => draft.values.text);
  const entries = await Promise.all((await rows(VISIT)).map((row) => bodyOf(vault, row)));
  return [...drafts, ...entries.map((body) => body.payload.text)];
}

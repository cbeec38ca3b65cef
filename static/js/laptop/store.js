// The laptop's store. What it acknowledges is on the disk: every write is strict. What a customer said is in it as ciphertext only.
import { openDB } from "idb";

const STRICT = { durability: "strict" };
let opened = null;

/** Upgrades only add: a store of an older release is never emptied. */
function database() {
  opened ??= openDB("fieldservice", 1, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore("meta");
        db.createObjectStore("visits", { keyPath: "number" });
        db.createObjectStore("queue", { keyPath: "seq", autoIncrement: true }).createIndex("id", "id", { unique: true });
        db.createObjectStore("blobs", { keyPath: "id" });
        db.createObjectStore("drafts", { keyPath: "key" });
      }
    },
    blocking(_version, _next, event) {
      event.target.close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** The disk is full: what was to be written is not written, and nothing else changed. */
export class Full extends Error {}

export async function get(store, key) {
  return (await database()).get(store, key);
}

export async function all(store) {
  return (await database()).getAll(store);
}

export async function keys(store) {
  return (await database()).getAllKeys(store);
}

export async function byId(id) {
  return (await database()).getFromIndex("queue", "id", id);
}

/** `work(tx)` writes to these stores; it is all there on the disk when this returns, or nothing of it. */
export async function write(stores, work, options = STRICT) {
  const tx = (await database()).transaction(stores, "readwrite", options);
  try {
    const [result] = await Promise.all([work(tx), tx.done]);
    return result;
  } catch (error) {
    tx.done.catch(() => {});
    if (!tx.error) abort(tx);
    if (error.name === "QuotaExceededError" || tx.error?.name === "QuotaExceededError") throw new Full();
    throw error;
  }
}

/** Nothing of it stays, when `work` failed before the transaction did. */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It has ended by itself.
  }
}

export function put(store, value, key) {
  return write([store], (tx) => alone(tx, tx.objectStore(store).put(value, key)));
}

export function remove(store, key) {
  return write([store], (tx) => alone(tx, tx.objectStore(store).delete(key)));
}

/** Nothing else comes in this transaction: it need not hear of its one request first, which saves a way to the disk's process and back. */
function alone(tx, request) {
  tx.commit();
  return request;
}

/** Everything goes: the order of headquarters, or the owner's after everything has arrived. */
export async function wipe() {
  const names = ["meta", "visits", "queue", "blobs", "drafts"];
  await write(names, (tx) => Promise.all(names.map((name) => tx.objectStore(name).clear())));
}

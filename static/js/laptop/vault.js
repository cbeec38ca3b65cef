// Who may read the laptop's store: the owner, with the passphrase, for as long as the laptop is in use.
import { get, put, remove, wipe, write } from "./store.js";
import * as cipher from "./crypto.js";
import { hear, tell } from "./news.js";
import { say } from "./worker.js";

export const SHORTEST = 10;
export const TRIES = 10;
const IDLE = 15 * 60000;
const DAY = 24 * 3600000;

export class Locked extends Error {}

/** The passphrase was wrong; `left` tries until the key is removed. */
export class WrongPassphrase extends Error {
  constructor(left) {
    super();
    this.left = left;
  }
}

export class Vault extends EventTarget {
  #keys = { master: null, visits: {} };
  #seen = Date.now();

  /** The store's state as it lies on the disk, with the keys that another page of this laptop still holds. */
  static async open() {
    const vault = new Vault();
    await vault.read();
    const held = vault.wrapped && (await say({ say: "keys" }));
    if (held && held.keys.id === vault.wrapped.id) vault.#keys = held.keys;
    return vault;
  }

  async read() {
    const [laptop, wrapped, sign] = await Promise.all([get("meta", "laptop"), get("meta", "wrapped"), get("meta", "sign")]);
    this.laptop = laptop ?? null;
    this.wrapped = wrapped ?? null;
    this.sign = sign ?? null;
  }

  /** Is there a passphrase on this laptop? */
  get exists() {
    return Boolean(this.wrapped);
  }

  /** Was there one, whose key is gone: what waits can only be delivered sealed. */
  get isKeyless() {
    return Boolean(this.laptop) && !this.wrapped;
  }

  get isOpen() {
    return Boolean(this.#keys.master) || Object.keys(this.#keys.visits).length > 0;
  }

  /** May it read every visit, or only the one that lies before a customer? */
  get isWhole() {
    return Boolean(this.#keys.master);
  }

  opens(number) {
    return Boolean(this.#keys.master || this.#keys.visits[number]);
  }

  /** Past the lease, or with a clock turned back, the laptop reads and writes nothing new. */
  get isOverdue() {
    const { lease_until, last_contact } = this.laptop;
    return Date.now() > Date.parse(lease_until) || Date.now() < Date.parse(last_contact) - DAY;
  }

  async setUp(passphrase, laptop) {
    const { master, wrapped } = await cipher.newMaster(passphrase);
    await write(["meta"], (tx) => {
      const meta = tx.objectStore("meta");
      return Promise.all([meta.put(laptop, "laptop"), meta.put(wrapped, "wrapped"), meta.delete("wrong")]);
    });
    await this.read();
    await this.#hold({ id: wrapped.id, master, visits: {} });
    await say({ say: "note", notes: { kept: true } });
  }

  /** Throws WrongPassphrase. A try is counted before it is made, so that pulling the plug does not give it back. */
  async unlock(passphrase) {
    const wrong = (await get("meta", "wrong")) ?? 0;
    if (wrong >= TRIES) await this.dropKey();
    if (!this.wrapped) throw new WrongPassphrase(0);
    await put("meta", wrong + 1, "wrong");
    try {
      const master = await cipher.openMaster(this.wrapped, passphrase);
      await remove("meta", "wrong");
      await this.#hold({ id: this.wrapped.id, master, visits: {} });
    } catch (error) {
      if (error.name !== "OperationError") throw error;
      if (wrong + 1 >= TRIES) await this.dropKey();
      throw new WrongPassphrase(TRIES - wrong - 1);
    }
  }

  async changePassphrase(passphrase, next) {
    const wrapped = await cipher.rewrap(this.wrapped, passphrase, next);
    await put("meta", wrapped, "wrapped");
    await this.read();
  }

  /** Nobody can read the store any more; what is sealed to headquarters stays. */
  async dropKey() {
    await write(["meta", "visits", "drafts"], (tx) => Promise.all([
      tx.objectStore("meta").delete("wrapped"), tx.objectStore("meta").delete("wrong"),
      tx.objectStore("visits").clear(), tx.objectStore("drafts").clear(),
    ]));
    await this.read();
    await this.lock();
  }

  async lock() {
    await say({ say: "drop" });
    tell("locked");
    this.#forget();
  }

  /** The customer gets the laptop: only this visit's key stays, and other pages are out of reach. */
  async handOver(number, { offline, nonce = null }) {
    const key = await this.keyFor(number);
    await this.#hold({ id: this.wrapped.id, master: null, visits: { [number]: key } });
    if (!offline) return;
    await put("meta", { visit: number, nonce, since: new Date().toISOString() }, "sign");
    await say({ say: "note", notes: { sign: number } });
    await this.read();
  }

  async takeBack() {
    await remove("meta", "sign");
    await say({ say: "note", notes: { sign: null } });
    await this.read();
  }

  async wipe() {
    await wipe();
    document.cookie = "laptop=; path=/; max-age=0";
    await this.lock();
    await say({ say: "note", notes: { sign: null, kept: false } });
    await this.read();
  }

  async note(facts) {
    this.laptop = { ...this.laptop, ...facts };
    await put("meta", this.laptop, "laptop");
  }

  async keyFor(number) {
    const { master, visits } = this.#keys;
    if (!visits[number] && !master) throw new Locked();
    visits[number] ??= await cipher.visitKey(master, number);
    return visits[number];
  }

  /** Hand the keys to a worker that has just taken over. */
  async holdAgain() {
    if (this.isOpen) await say({ say: "hold", keys: this.#keys, seen: this.#seen });
  }

  async #hold(keys) {
    this.#keys = keys;
    this.#seen = Date.now();
    await say({ say: "hold", keys, seen: this.#seen, anew: true });
    this.dispatchEvent(new Event("opened"));
  }

  /** Locks after 15 minutes without a hand on the laptop; while it is in use, keeps the worker awake and the keys in it. */
  watch() {
    const touch = () => (this.#seen = Date.now());
    for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, touch, { passive: true, capture: true });
    hear("locked", (_facts, isHere) => !isHere && this.isOpen && this.#forget());
    setInterval(() => this.#tick(), 15000);
  }

  async #tick() {
    if (!this.isOpen) return;
    if (Date.now() - this.#seen < IDLE) return void (await say({ say: "hold", keys: this.#keys, seen: this.#seen }));
    const held = await say({ say: "keys" }); // another tab may be in use
    if (held?.seen > this.#seen) this.#seen = held.seen;
    else await this.lock();
  }

  #forget() {
    this.#keys = { master: null, visits: {} };
    this.dispatchEvent(new Event("locked"));
  }
}

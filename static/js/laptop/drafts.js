// What is being typed, kept on the disk while it is typed. One write at a time; what came meanwhile goes with the next.
import { decrypt, encrypt } from "./crypto.js";
import { all, get, put, remove } from "./store.js";

export class Draft {
  #next = null;
  #writing = null;

  /** `saved(values)` is called when these values are on the disk, `failed(error)` when they are not. */
  constructor(vault, visit, key, { saved, failed }) {
    Object.assign(this, { vault, visit, key, saved, failed });
  }

  save(values) {
    this.#next = values;
    this.#writing ??= this.#write();
    return this.#writing;
  }

  async #write() {
    while (this.#next) {
      const values = this.#next;
      this.#next = null;
      try {
        const body = await encrypt(await this.vault.keyFor(this.visit), values, `draft:${this.key}`);
        await put("drafts", { key: this.key, visit: this.visit, at: Date.now(), ...body });
        this.saved(values);
      } catch (error) {
        this.failed(error);
      }
    }
    this.#writing = null;
  }

  /** No write of this draft comes after this. */
  async settle() {
    this.#next = null;
    await this.#writing;
  }
}

export async function draftOf(vault, visit, key) {
  const row = await get("drafts", key);
  return row ? decrypt(await vault.keyFor(visit), row, `draft:${key}`) : null;
}

/** The drafts of one visit, the latest first: [{key, at, values}]. */
export async function draftsOf(vault, visit) {
  const mine = (await all("drafts")).filter((row) => row.visit === visit).sort((a, b) => b.at - a.at);
  return Promise.all(mine.map(async (row) => ({ key: row.key, at: row.at, values: await draftOf(vault, visit, row.key) })));
}

export function forget(key) {
  return remove("drafts", key);
}

// The record of one visit in a browser without a passphrase: nothing is kept here, everything goes to the server at once.
// Every step is a command with an id made here, so that posting it again after a lost answer is harmless.
import uuidv7 from "uuid";
import { clockFacts, contact } from "../laptop/clock.js";
import { ask } from "../laptop/wire.js";
import { words } from "./dom.js";
import { Refusal } from "./refusal.js";
import { deviceNow } from "./time.js";

export class Commands {
  #pending = new Map();

  constructor(number) {
    this.base = `/api/v1/visits/${number}`;
    this.isLocal = false;
    this.readOnly = "";
  }

  async bundle() {
    const asked = Date.now();
    const bundle = answered(await ask(`${this.base}/bundle/`));
    contact(bundle.server_time, asked);
    return bundle;
  }

  /** Post an entry; after a lost answer, pressing again sends the same id, so that it is stored once. */
  async post(kind, payload, corrects = null) {
    const key = JSON.stringify([kind, payload, corrects]);
    const entry = this.#pending.get(key) ?? { id: uuidv7(), kind, payload, corrects, live: true, ...clockFacts(), ...deviceNow() };
    this.#pending.set(key, entry);
    try {
      const answer = answered(await ask(`${this.base}/entries/`, { method: "POST", json: entry }));
      this.#pending.delete(key);
      return answer.receipt;
    } catch (error) {
      if (error instanceof Refusal) this.#pending.delete(key);
      throw error;
    }
  }

  async file(file) {
    const form = new FormData();
    form.append("id", uuidv7());
    form.append("file", file);
    return answered(await ask(`${this.base}/files/`, { method: "POST", body: form, patience: 120000 })).file;
  }

  async fileUrl() {
    return null;
  }

  async earlierUrl() {
    return null;
  }
}

function answered({ kind, json }) {
  if (kind === "ok") return json;
  if (kind === "refused" && json?.message) throw new Refusal(json);
  throw new Error(kind === "signed_out" ? words.signed_out : words.not_sent);
}

// Every step is a command with an id made here. Posting the same command again is harmless.
import { v7 as uuidv7 } from "uuid";
import { cookie } from "../base.js";
import { words } from "./dom.js";
import { deviceNow } from "./time.js";

/** The server said no: `fields` is {field: [sentence]}, `rules` those that stop the step. */
export class Refusal extends Error {
  constructor({ message, fields = {}, rules = [] }) {
    super(message);
    this.fields = fields;
    this.rules = rules;
  }
}

export class Commands {
  constructor(number) {
    this.base = `/api/v1/visits/${number}`;
    this.clockOffset = null;
    this.pending = new Map();
  }

  async bundle() {
    const asked = Date.now();
    const bundle = await this.#answer(() => fetch(`${this.base}/bundle/`, { headers: { Accept: "application/json" } }));
    const middle = (asked + Date.now()) / 2;
    this.clockOffset = Math.round(Date.parse(bundle.server_time) - middle);
    return bundle;
  }

  /** Post an entry; after a lost answer, pressing again sends the same id, so that it is stored once. */
  async post(kind, payload, corrects = null) {
    const key = JSON.stringify([kind, payload, corrects]);
    const entry = this.pending.get(key) ?? {
      id: uuidv7(), kind, payload, corrects, clock_offset_ms: this.clockOffset, live: true, ...deviceNow(),
    };
    this.pending.set(key, entry);
    try {
      const answer = await this.#answer(() => this.#send("entries/", JSON.stringify(entry), { "Content-Type": "application/json" }));
      this.pending.delete(key);
      return answer.receipt;
    } catch (error) {
      if (error instanceof Refusal) this.pending.delete(key);
      throw error;
    }
  }

  async file(file) {
    const form = new FormData();
    form.append("id", uuidv7());
    form.append("file", file);
    return (await this.#answer(() => this.#send("files/", form, {}))).file;
  }

  #send(path, body, headers) {
    return fetch(`${this.base}/${path}`, {
      method: "POST", body, headers: { ...headers, "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" },
    });
  }

  async #answer(send) {
    let response;
    try {
      response = await send();
    } catch {
      throw new Error(words.not_sent);
    }
    const json = (response.headers.get("Content-Type") || "").includes("json") ? await response.json() : null;
    if (response.ok && json) return json;
    if (response.status === 403 && !json?.message) throw new Error(words.signed_out);
    if (json) throw new Refusal(json);
    throw new Error(response.ok ? words.signed_out : words.not_sent);
  }
}

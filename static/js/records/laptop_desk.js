// The record of one visit on a laptop with a passphrase: what is saved is on the disk before the page says so, and goes out from there.
import uuidv7 from "uuid";
import { denied } from "../rules/approval.js";
import { entryHash, sha256 } from "../rules/canonical.js";
import { clockFacts } from "../laptop/clock.js";
import { bodyOf, bytesOf, keep, reasonOf, rows } from "../laptop/queue.js";
import { earlierUrl } from "../laptop/ready.js";
import { Full } from "../laptop/store.js";
import { fetchVisit, storedVisit } from "../laptop/sync.js";
import { words } from "./dom.js";
import { judge } from "./judge.js";
import { withRows } from "./local.js";
import { scaled } from "./photos.js";
import { Refusal } from "./refusal.js";
import { deviceNow } from "./time.js";

export class LaptopDesk {
  constructor(vault, number, rules) {
    Object.assign(this, { vault, number, rules });
    this.isLocal = true;
    this.readOnly = "";
  }

  async bundle() {
    let stored = await storedVisit(this.vault, this.number);
    if (!stored && (await fetchVisit(this.vault, this.number))) stored = await storedVisit(this.vault, this.number);
    if (!stored) throw new Error(words.not_here);
    const queued = await Promise.all((await rows(this.number)).filter((row) => row.key === this.vault.wrapped.id).map(async (row) => ({
      row, body: await bodyOf(this.vault, row), reason: await reasonOf(this.vault, row),
    })));
    this.known = withRows(stored.bundle, queued, { labels: words.kinds, author: this.vault.laptop.name });
    if (this.known.change?.state === "ready") this.known.change.denied = await denied(this.known, this.rules.changes_key);
    return this.known;
  }

  /** Judge and keep one entry. `draft` is the draft that ends with it. */
  async post(kind, sent, corrects = null, draft = null) {
    if (this.readOnly) throw new Refusal({ message: this.readOnly });
    if (this.vault.isOverdue) throw new Refusal({ message: words.overdue });
    const payload = judge(this.rules, this.known, kind, sent, corrects);
    const { plan_version } = this.known.visit;
    const before = (await rows(this.number)).findLast((row) => row.type === "entry" && row.state !== "received");
    const body = { id: uuidv7(), kind, payload, corrects, after: before?.id ?? null, live: false, plan_version, ...clockFacts(), ...deviceNow() };
    const digest = await entryHash({ ...body, visit: this.number });
    await keep(this.vault, { type: "entry", id: body.id, visit: this.number, sha256: digest, body }, { draft });
  }

  /** Keep a photo or file; its id, for the entry that names it. */
  async file(file) {
    if (this.readOnly) throw new Refusal({ message: this.readOnly });
    const { bytes, name, type } = await scaled(file);
    const id = uuidv7();
    const digest = await sha256(bytes);
    try {
      await keep(this.vault, { type: "blob", id, visit: this.number, sha256: digest, body: { id, name, type, sha256: digest } }, { bytes });
    } catch (error) {
      if (error instanceof Full) throw new Refusal({ message: words.photo_full, fields: { file: [words.photo_full] } });
      throw error;
    }
    this.known.files[id] = name;
    return id;
  }

  earlierUrl(photo) {
    return earlierUrl(this.vault, this.number, photo);
  }

  /** A file of this visit that lies on this laptop, as an address for this page; null when it does not. */
  async fileUrl(id) {
    const kept = await bytesOf(this.vault, this.number, id);
    return kept ? URL.createObjectURL(new Blob([kept.bytes], { type: kept.type })) : null;
  }
}

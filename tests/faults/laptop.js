// A laptop of the fault rig: the product's own store, rules, queue and delivery, driven without its pages and without waiting.
import uuidv7 from "uuid";
import { contact } from "/js/laptop/contact.js";
import { mark, rows } from "/js/laptop/queue.js";
import { all } from "/js/laptop/store.js";
import { sync } from "/js/laptop/sync.js";
import { Vault } from "/js/laptop/vault.js";
import { LaptopDesk } from "/js/records/laptop_desk.js";
import { learn } from "/js/rules/contacts.js";
import { cleanSigner } from "/js/rules/signer.js";
import { keepPackage } from "/js/signoff/package.js";
import { statementFor } from "/js/signoff/source.js";

let vault = null;
const kept = [], marked = [];

// The rig reads along at the store itself: what is kept, and when something is marked as received.
const { add, put } = IDBObjectStore.prototype;
IDBObjectStore.prototype.add = function (row, ...more) {
  if (this.name === "queue") kept.push({ id: row.id, type: row.type, sha256: row.sha256 });
  return add.call(this, row, ...more);
};
IDBObjectStore.prototype.put = function (row, ...more) {
  if (this.name === "queue" && row.state === "received") marked.push({ id: row.id, type: row.type, sha256: row.sha256, at: Date.now() });
  return put.call(this, row, ...more);
};

/** A passphrase, and the visits of this laptop, over a good line; the server may just be starting again. Returns their numbers. */
export async function setUp(owner) {
  vault = await Vault.open();
  const device = crypto.randomUUID();
  let answer = null;
  while (!answer) ({ answer } = await contact({ device, name: "rig", owner }));
  await vault.setUp("a passphrase of the rig", {
    device, name: "rig", owner, hq: answer.hq_key, lease_until: answer.lease_until, epoch: answer.passphrase_epoch,
    last_contact: answer.server_time, clock_offset: answer.clock_offset,
  });
  while ((await all("visits")).length < answer.visits.length) await sync(vault, { now: true });
  return answer.visits;
}

/** A whole visit while no server answers: arrival, results, a photo, departure, and the customer's signature. */
export async function work(number, rules, { photo, seed }) {
  learn(rules.contacts);
  const desk = new LaptopDesk(vault, number, rules);
  const { visit, scope } = await desk.bundle();
  await desk.post("arrived", { arrived_at: visit.planned_start });
  for (const item of scope) {
    await desk.bundle();
    await desk.post("result", { scope_item: String(item.position), result: "done", action: ` 已更换 ${seed} e\u0301\r\n完成 ` });
  }
  if (photo) await takePhoto(desk);
  await desk.bundle();
  await desk.post("departed", { departed_at: visit.planned_end });
  await sign(number, seed);
}

async function takePhoto(desk) {
  const canvas = new OffscreenCanvas(640, 480);
  canvas.getContext("2d").fillRect(10, 10, 300, 200);
  await desk.bundle();
  const file = await desk.file(new File([await canvas.convertToBlob({ type: "image/png" })], "机房.png", { type: "image/png" }));
  await desk.bundle();
  await desk.post("photo", { caption: "机房", file });
}

async function sign(number, seed) {
  const page = await statementFor(vault, number, "zh-hans");
  const wobble = Array.from({ length: 60 }, (_, n) => [n * 4, 60 + (n % 7), n * 10, (seed * 7 + n * 13) % 1000]);
  const { values, errors } = cleanSigner({
    kind: "signed", signer_name: "李喆", signer_position: "主任", signer_telephone: "025-84421234", satisfaction: "5", comment: "",
    refusal_reason: "", typed_name: "", strokes: { width: 400, height: 200, strokes: [wobble] }, stamp: "", no_stamp_reason: "公章外出",
  });
  if (Object.keys(errors).length) throw new Error(JSON.stringify(errors));
  await keepPackage(vault, number, { ...values, id: uuidv7(), page });
}

/** Rounds without back-off until nothing waits. What needs attention is sent again by hand once the rest is through. */
export async function deliver(most) {
  for (let round = 1; round <= most; round += 1) {
    await sync(vault, { now: true });
    const open = (await rows()).filter((row) => row.state !== "received");
    if (!open.length) return { rounds: round };
    if (!open.some((row) => row.state === "waiting")) for (const row of open) await mark(vault, row, { state: "waiting", tries: 0, next: 0, unsure: true });
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const left = (await rows()).filter((row) => row.state !== "received");
  return { rounds: most, left: left.map(({ type, state, tries, why }) => ({ type, state, tries, why })) };
}

export function books() {
  return { kept, marked };
}

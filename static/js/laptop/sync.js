// The round that brings the queue to headquarters and fetches what belongs on this laptop: in order, one at a time, by one tab.
import { decrypt, encrypt } from "./crypto.js";
import { contact } from "./contact.js";
import { remember } from "./clock.js";
import { deliver, deliverSealed } from "./deliver.js";
import { hear, tell } from "./news.js";
import { drop, mark, rows } from "./queue.js";
import { all, get, put, write } from "./store.js";
import { ask } from "./wire.js";
import { say } from "./worker.js";
import { placed } from "../records/local.js";

const LONGEST = 300000;
const GIVE_UP = 6; // times a server may stumble over one item while others pass
const FRESH = 10 * 60000;
let quietUntil = 0, failures = 0, running = null, again = false;

/** One round. `now` is a person's press: no waiting for a back-off. Returns the status, or null while another tab is at it. */
export async function sync(vault, { now = false, visit = null } = {}) {
  if (!vault?.laptop || (!now && Date.now() < quietUntil)) return null;
  if (running) {
    again = true; // what was kept meanwhile goes in a round of its own
    return running;
  }
  const work = () => round(vault, { now, visit });
  running = navigator.locks ? navigator.locks.request("fieldservice-sync", { ifAvailable: !now }, (lock) => (lock ? work() : null)) : work();
  try {
    return await running;
  } finally {
    running = null;
    if (again) {
      again = false;
      sync(vault, { visit }).catch(() => {});
    }
  }
}

async function round(vault, { now, visit }) {
  await vault.read();
  if (!vault.laptop) return null;
  const { reach, answer } = await contact(vault.laptop, vault.sign?.visit);
  if (reach === "wipe") {
    await vault.wipe();
    return status({ reach });
  }
  if (reach === "revoked") return revoked(vault);
  if (reach !== "ok") {
    if (reach === "away") rest();
    return status({ reach });
  }
  await met(vault, answer);
  const signing = vault.sign ? "" : answer.signing;
  await status({ reach, signing });
  const held = await deliverAll(vault, now);
  if (vault.isOpen) await fetchAll(vault, answer.visits ?? [], visit);
  return status({ reach: held ?? reach, signing, missing: answer.missing ?? [], epoch: answer.passphrase_epoch });
}

/** Headquarters answered: what it says about this laptop is noted, and pages may ask it again. */
async function met(vault, answer) {
  failures = 0;
  quietUntil = 0;
  say({ say: "online" });
  const { hq_key: hq, lease_until, passphrase_epoch, server_time, clock_offset } = answer;
  remember(clock_offset);
  const epoch = vault.laptop.epoch ?? passphrase_epoch;
  await vault.note({ hq, lease_until, epoch, epoch_now: passphrase_epoch, last_contact: server_time, clock_offset });
}

function rest() {
  failures += 1;
  quietUntil = Date.now() + Math.min(LONGEST, 2 ** failures * 1000);
}

/**
 * Null when all went as far as it could; else the reason why the round ended early. What comes after an item of the same visit
 * waits for it, until that needs attention; other visits go on.
 */
async function deliverAll(vault, now) {
  const behind = new Set(), comesLater = new Map();
  for (const row of await rows()) {
    if (row.type === "entry" && row.state === "attention" && !row.refused) comesLater.set(row.visit, row.id);
    if (row.state !== "waiting" || behind.has(row.visit)) continue;
    behind.add(row.visit);
    if (!now && row.next > Date.now()) continue;
    const result = await deliver(vault, row, comesLater.get(row.visit));
    if (result.stop) return result.stop;
    const tries = row.tries + 1;
    const gaveUp = tries >= GIVE_UP && ["server", "wrong"].includes(result.later);
    if (result.done || result.refused || gaveUp) behind.delete(row.visit);
    if (gaveUp && row.type === "entry") comesLater.set(row.visit, row.id);
    if (result.done) await mark(vault, row, received(result.done), result.done.reason ?? "");
    else if (result.refused) await mark(vault, row, { state: "attention", refused: true }, result.refused);
    else {
      await mark(vault, row, {
        tries, unsure: row.unsure || Boolean(result.unsure), next: Date.now() + Math.min(LONGEST, 2 ** tries * 1000), why: result.later,
        state: gaveUp ? "attention" : "waiting", refused: false,
      });
      // Other visits wait too, unless this one alone is what the server stumbles over.
      if (result.later === "away" || result.later === "foreign") {
        rest();
        return "away";
      }
      if (!gaveUp && result.later === "server" && tries < 3) return "server";
    }
  }
  return null;
}

function received(receipt) {
  return { state: "received", receipt: { at: receipt.received_at, state: receipt.state ?? "", marks: receipt.marks ?? [] }, sealed: "", unsure: false };
}

/** A revoked laptop reads nothing any more and delivers what it holds sealed; then everything goes. */
async function revoked(vault) {
  if (vault.exists) await vault.dropKey();
  for (const row of (await rows()).filter((one) => one.state !== "received")) {
    const result = await deliverSealed(row, vault.laptop.device);
    if (result.done) await mark(vault, row, received(result.done));
    else if (result.later === "away") break;
  }
  if (!(await rows()).some((row) => row.state !== "received")) await vault.wipe();
  return status({ reach: "revoked" });
}

/** The visits that belong here, the one on the screen first; others when they are old. Those that do not any more, go once all is delivered. */
async function fetchAll(vault, numbers, visit) {
  const kept = new Map((await all("visits")).map((row) => [row.number, row]));
  const list = await rows();
  const pending = new Set(list.filter((row) => row.state !== "received").map((row) => row.visit));
  const delivered = new Set(list.filter((row) => row.state === "received").map((row) => row.visit)); // the bundle shows it by now
  // In a customer's hands the laptop hears of one visit only: that is no reason to let the others go.
  const gone = vault.isWhole ? [...kept.keys()].filter((number) => !numbers.includes(number) && !pending.has(number) && number !== visit) : [];
  if (gone.length) await forget(gone);
  for (const number of new Set([...(visit ? [visit] : []), ...numbers])) {
    const row = kept.get(number);
    const isDue = number === visit || delivered.has(number) || !row || Date.now() - row.at > FRESH;
    if (isDue && vault.opens(number)) await fetchVisit(vault, number);
  }
}

async function forget(numbers) {
  const [blobs, drafts, list] = await Promise.all([all("blobs"), all("drafts"), rows()]);
  await write(["visits", "queue", "blobs", "drafts"], (tx) => Promise.all([
    ...list.filter((row) => numbers.includes(row.visit) && row.state === "received").map((row) => tx.objectStore("queue").delete(row.seq)),
    ...numbers.map((number) => tx.objectStore("visits").delete(number)),
    ...blobs.filter((row) => numbers.includes(row.visit)).map((row) => tx.objectStore("blobs").delete(row.id)),
    ...drafts.filter((row) => numbers.includes(row.visit)).map((row) => tx.objectStore("drafts").delete(row.key)),
  ]));
  tell("changed", {});
}

export async function fetchVisit(vault, number) {
  const row = await get("visits", number);
  const { kind, json, etag } = await ask(`/api/v1/visits/${number}/bundle/`, { device: vault.laptop.device, etag: row?.etag });
  if (kind === "same") return stillSame(vault, row);
  if (kind !== "ok" || json.visit?.number !== number) return false;
  const body = await encrypt(await vault.keyFor(number), json, `visit:${number}`);
  await put("visits", { number, at: Date.now(), etag, ...body });
  await forgetShown(vault, number, json);
  tell("changed", { visit: number });
  return true;
}

/** Nothing changed at headquarters; what was received since may be what it shows already. */
async function stillSame(vault, row) {
  await put("visits", { ...row, at: Date.now() });
  if ((await rows(row.number)).some((one) => one.state === "received")) await forgetShown(vault, row.number, (await storedVisit(vault, row.number)).bundle);
  return true;
}

/** Rows whose entry, file or signature headquarters now shows itself. While the customer has the laptop, what was signed on it stays. */
async function forgetShown(vault, number, bundle) {
  const shown = new Set([...placed(bundle).map((entry) => entry.id), ...Object.keys(bundle.files)]);
  const isShown = (row) => shown.has(row.id) || (row.type === "package" && bundle.closed && vault.sign?.visit !== number);
  const done = (await rows(number)).filter((row) => row.state === "received" && row.receipt.state !== "quarantined" && isShown(row));
  await drop(done.map((row) => row.seq), number);
}

export async function storedVisit(vault, number) {
  const row = await get("visits", number);
  if (!row) return null;
  return { at: row.at, bundle: await decrypt(await vault.keyFor(number), row, `visit:${number}`) };
}

async function status(facts) {
  const list = await rows();
  const now = {
    at: Date.now(), ...facts,
    waiting: list.filter((row) => row.state === "waiting").length, attention: list.filter((row) => row.state === "attention").length,
  };
  await put("meta", now, "status");
  tell("contact", now);
  return now;
}

/** Rounds as the page lives: at once, when the network comes back, when the page is looked at, and every minute. */
export function keepSyncing(vault, visit = null) {
  const go = (how) => sync(vault, { visit, ...how }).catch((error) => console.warn("sync", error.name));
  addEventListener("online", () => {
    quietUntil = 0;
    go();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go());
  setInterval(go, 60000);
  hear("kept", (_facts, isHere) => isHere && go());
  go();
}

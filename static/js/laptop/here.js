// This browser as a laptop of ours: what it can do, and its vault. One for the whole page.
import { cookie } from "../cookie.js";
import { remember } from "./clock.js";
import { get } from "./store.js";
import { Vault } from "./vault.js";

/** The user name of who is signed in, as the server rendered it; null on a shell, which knows nobody. */
export const person = document.body.dataset.person ?? null;
export const isShell = "shell" in document.body.dataset;
let opening = null;

/** What this browser lacks for work without a network, as codes; empty in Chromium. */
export function lacks() {
  const has = {
    store: "indexedDB" in window, worker: "serviceWorker" in navigator, crypto: Boolean(window.crypto?.subtle),
    locks: Boolean(navigator.locks), estimate: Boolean(navigator.storage?.estimate), pictures: "OffscreenCanvas" in window,
  };
  return Object.keys(has).filter((name) => !has[name]);
}

/** Can the store be used at all? Without it the pages work online only. */
export function isAble() {
  return !lacks().some((name) => ["store", "worker", "crypto"].includes(name));
}

/** The vault, or null in a browser that cannot keep one (or does not let us). */
export function here() {
  opening ??= isAble() ? Vault.open().then(watched, () => null) : Promise.resolve(null);
  return opening;
}

function watched(vault) {
  remember(vault.laptop?.clock_offset);
  vault.watch();
  return vault;
}

/** Does the store belong to somebody else than who is signed in? A shell cannot tell; the passphrase does. */
export function isForeign(vault) {
  return Boolean(person && vault?.laptop && vault.laptop.owner !== person);
}

/** The id that this browser profile had as this person's laptop. A cookie outlives what a browser clears to make room. */
function knownDevice() {
  const [id, owner] = (cookie("laptop") || "").split(" ");
  return owner === person ? id : "";
}

/** Was there a store of this person's here that the browser has cleared? A shell cannot tell whose. */
export function wasCleared(vault) {
  return Boolean(vault && !vault.laptop && (isShell ? cookie("laptop") : knownDevice()));
}

export function deviceId(vault) {
  return (!isForeign(vault) && (vault.laptop?.device || knownDevice())) || crypto.randomUUID();
}

export function keepDeviceId(id) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `laptop=${encodeURIComponent(`${id} ${person}`)}; path=/; max-age=31536000; samesite=lax${secure}`;
}

export function lastStatus() {
  return get("meta", "status");
}

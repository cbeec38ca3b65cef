// Talking with the service worker: it keeps the shells, remembers the language, and holds the keys between two pages.

const SILENT = 10000; // ms; a busy laptop takes its time to wake its worker

/** Registers it; null where a browser has none (or a private window refuses). */
export async function register() {
  if (!("serviceWorker" in navigator)) return null;
  try {
    return await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    return null;
  }
}

/** Until a worker is in charge, which keeps every page; false when none comes within `patience` ms. */
export function ready(patience) {
  if (!("serviceWorker" in navigator)) return Promise.resolve(false);
  return Promise.race([navigator.serviceWorker.ready.then(() => true), later(patience, false)]);
}

/** Say something to the worker that is in charge; null when there is none, or it is silent. */
export async function say(message) {
  if (!("serviceWorker" in navigator)) return null;
  const worker = navigator.serviceWorker.controller ?? (await navigator.serviceWorker.getRegistration())?.active;
  return worker ? sayTo(worker, message) : null;
}

export function sayTo(worker, message) {
  const channel = new MessageChannel();
  const heard = new Promise((resolve) => (channel.port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage(message, [channel.port2]);
  return Promise.race([heard, later(SILENT, null)]);
}

function later(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

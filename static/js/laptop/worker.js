// Talking with the service worker: it keeps the shells, remembers the language, and holds the keys between two pages.

/** Registers it; null where a browser has none (or a private window refuses). */
export async function register() {
  if (!("serviceWorker" in navigator)) return null;
  try {
    return await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    return null;
  }
}

/** Say something to the worker that is in charge; null when none answers within a second. */
export async function say(message) {
  if (!("serviceWorker" in navigator)) return null;
  const waiting = new Promise((resolve) => setTimeout(resolve, 1000, null));
  const worker = navigator.serviceWorker.controller ?? (await Promise.race([navigator.serviceWorker.ready, waiting]))?.active;
  if (!worker) return null;
  const channel = new MessageChannel();
  const heard = new Promise((resolve) => (channel.port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage(message, [channel.port2]);
  return Promise.race([heard, waiting]);
}

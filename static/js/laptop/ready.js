// Is everything a visit needs on this laptop, and can it be read with the passphrase? Codes and counts; the words are the page's.
import { decryptBytes, encryptBytes } from "./crypto.js";
import { keepReady, storage } from "./contact.js";
import { all, get, put } from "./store.js";
import { storedVisit } from "./sync.js";

const ENOUGH = 200 * 1024 * 1024;
const PAGES = ["record", "sign"];

/**
 * {visit, at, state, missing, proofs}: proofs are [{code, state: "good" | "weak" | "missing", count}].
 * "ready" says that nothing is missing; what is merely weak (space, the browser's promise) is shown and announced.
 */
export async function checkVisit(vault, number) {
  const stored = vault.opens(number) ? await storedVisit(vault, number).catch(() => null) : null;
  const { bundle = null } = stored ?? {};
  const photos = bundle ? await earlierHere(vault, bundle) : { wanted: 0, here: 0 };
  const { free_bytes, quota_bytes, persisted } = await storage();
  const rules = bundle ? Object.values(bundle.checklist).flat() : [];
  const { signing } = bundle ?? {};
  const proofs = [
    proof("passphrase", Boolean(bundle)),
    proof("scope", bundle?.scope.length > 0, bundle?.scope.length),
    proof("contact", Boolean(bundle), bundle?.contact ? 1 : 0),
    proof("checklist", Boolean(bundle) && (rules.length > 0 || !bundle.visit.edition), rules.length),
    proof("equipment", Boolean(bundle), bundle?.equipment.length),
    proof("photos", Boolean(bundle) && photos.here === photos.wanted, photos.here),
    proof("signing", Boolean(signing?.nonces?.length && signing.consent && bundle.company.names)),
    proof("forms", await shellsHere()),
    { code: "space", state: quota_bytes && free_bytes < ENOUGH ? "weak" : "good", count: Math.round(free_bytes / 1048576) },
    { code: "persist", state: persisted ? "good" : "weak" },
  ];
  const missing = proofs.filter((row) => row.state === "missing").map((row) => row.code);
  const weak = proofs.filter((row) => row.state === "weak").map((row) => row.code);
  const at = new Date().toISOString();
  return { visit: number, at, state: missing.length ? (bundle ? "missing" : "loading") : "ready", missing: [...missing, ...weak], proofs, title: bundle?.visit.record_number };
}

function proof(code, isThere, count) {
  return { code, state: isThere ? "good" : "missing", count };
}

/** The pages themselves, in every language: the service worker's cache holds them and their scripts. */
async function shellsHere() {
  if (!("caches" in window)) return false;
  const found = await Promise.all(PAGES.flatMap((page) => ["zh-hans", "en"].map((language) => caches.match(`/shell/${page}/${language}/`))));
  return found.every(Boolean);
}

async function earlierHere(vault, bundle) {
  const wanted = photosOf(bundle);
  const kept = await Promise.all(wanted.map((photo) => get("blobs", `earlier:${photo.id}`)));
  return { wanted: wanted.length, here: kept.filter(Boolean).length };
}

function photosOf(bundle) {
  return (bundle.earlier ?? []).flatMap((visit) => visit.photos);
}

/** Fetch the photos of earlier visits that are not here yet. */
export async function loadEarlier(vault, number) {
  const stored = await storedVisit(vault, number);
  if (!stored) return;
  const key = await vault.keyFor(number);
  for (const photo of photosOf(stored.bundle)) {
    const id = `earlier:${photo.id}`;
    if (await get("blobs", id)) continue;
    const response = await fetch(photo.url, { headers: { "X-Device": vault.laptop.device }, cache: "no-store" }).catch(() => null);
    if (!response?.ok || !(response.headers.get("Content-Type") ?? "").startsWith("image/")) return;
    const bytes = await response.arrayBuffer();
    await put("blobs", { id, visit: number, type: response.headers.get("Content-Type"), ...(await encryptBytes(key, bytes, `blob:${id}`)) });
  }
}

export async function earlierUrl(vault, number, photo) {
  const kept = await get("blobs", `earlier:${photo.id}`);
  if (!kept) return null;
  const bytes = await decryptBytes(await vault.keyFor(number), kept, `blob:earlier:${photo.id}`);
  return URL.createObjectURL(new Blob([bytes], { type: kept.type }));
}

/** Check every visit of this laptop and note it, so that the next contact tells headquarters. */
export async function checkAll(vault) {
  const numbers = (await all("visits")).map((row) => row.number);
  const checks = await Promise.all(numbers.map((number) => checkVisit(vault, number)));
  await keepReady(checks.map(({ visit, at, state, missing }) => ({ visit, at, state, missing })));
  return checks;
}


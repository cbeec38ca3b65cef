// The keys of the laptop's store. A passphrase wraps one master secret; each visit has a key of its own drawn from it.
import { base64, text, utf8 } from "./bytes.js";

export const ITERATIONS = 600000;
const AES = { name: "AES-GCM", length: 256 };

function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

async function wrapping(passphrase, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", utf8(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, typed, AES, false, ["encrypt", "decrypt"]);
}

function master(raw) {
  return crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
}

async function wrap(raw, passphrase, id) {
  const salt = random(16), iv = random(12);
  const key = await wrapping(passphrase, salt, ITERATIONS);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, key, raw);
  return { id, iterations: ITERATIONS, salt, iv, data };
}

async function unwrap(wrapped, passphrase) {
  const key = await wrapping(passphrase, wrapped.salt, wrapped.iterations);
  const { iv, data, id } = wrapped;
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, key, data);
}

/** {master, wrapped}: a new secret; only `wrapped` may be written down. */
export async function newMaster(passphrase) {
  const raw = random(32);
  const wrapped = await wrap(raw, passphrase, crypto.randomUUID());
  const key = await master(raw);
  raw.fill(0);
  return { master: key, wrapped };
}

/** The master of `wrapped`; throws OperationError for another passphrase. */
export async function openMaster(wrapped, passphrase) {
  return master(await unwrap(wrapped, passphrase));
}

/** The same master under a new passphrase. */
export async function rewrap(wrapped, passphrase, next) {
  return wrap(await unwrap(wrapped, passphrase), next, wrapped.id);
}

export function visitKey(from, number) {
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(`visit:${number}`) };
  return crypto.subtle.deriveKey(how, from, AES, false, ["encrypt", "decrypt"]);
}

/** {iv, data} of bytes; `place` binds them to where they lie, so that they cannot be swapped. */
export async function encryptBytes(key, bytes, place) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(place) }, key, bytes) };
}

export function decryptBytes(key, { iv, data }, place) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8(place) }, key, data);
}

export function encrypt(key, value, place) {
  return encryptBytes(key, utf8(JSON.stringify(value)), place);
}

export async function decrypt(key, kept, place) {
  return JSON.parse(text(await decryptBytes(key, kept, place)));
}

/** The sealed envelope for headquarters' key ({id, jwk}), version 1, as text. */
export async function seal(hq, value, canonicalBytes) {
  const ours = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const { crv, kty, x, y } = await crypto.subtle.exportKey("jwk", ours.publicKey);
  const theirs = await crypto.subtle.importKey("jwk", { crv: hq.jwk.crv, kty: hq.jwk.kty, x: hq.jwk.x, y: hq.jwk.y }, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const salt = random(32), iv = random(12);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: utf8("fieldservice.sealed.1") }, base, AES, false, ["encrypt"]);
  const head = { format: "fieldservice.sealed.1", key: hq.id, epk: { crv, kty, x, y }, salt: base64(salt) };
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: canonicalBytes(head) }, key, utf8(JSON.stringify(value)));
  return JSON.stringify({ ...head, iv: base64(iv), data: base64(data) });
}


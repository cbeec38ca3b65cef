// Canonical JSON (RFC 8785) and SHA-256, as the server computes them.
import canonicalize from "canonicalize";

const encoder = new TextEncoder();

export function hex(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function sha256(bytes) {
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

export function canonicalBytes(value) {
  return encoder.encode(canonicalize(value));
}

/** Hex SHA-256 of the canonical bytes of a plain value. */
export function hash(value) {
  return sha256(canonicalBytes(value));
}

/** The hash of an entry: visits/records/hashing.py. */
export function entryHash({ id, visit, kind, payload, corrects, device_at }) {
  return hash({ id, visit, kind, payload, corrects: corrects ?? null, device_at });
}

/** The short form that people compare: 12 digits in threes. */
export function short(digest) {
  return digest.slice(0, 12).toUpperCase().replace(/(...)(?=.)/g, "$1 ");
}

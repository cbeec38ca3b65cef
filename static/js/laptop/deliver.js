// Carries one item of the queue to headquarters and says what came of it. Received is only what a receipt of ours with the same hash says.
import { bodyOf, bytesOf } from "./queue.js";
import { ask } from "./wire.js";

const PIECE = 512 * 1024;

/**
 * Of an entry, `after` is the one that was made before it and goes later: headquarters lets it wait for that one.
 * {done: receipt} | {refused: sentence} | {later: "away" | "server" | "foreign" | "wrong", unsure} | {stop: "signed_out"}.
 * `unsure`: it may have arrived although no answer came.
 */
export async function deliver(vault, row, after = null) {
  const device = vault.laptop.device;
  if (row.unsure) {
    const found = await receiptOf(row, device);
    if (found.done || found.later || found.stop) return found;
  }
  if (row.key !== vault.wrapped?.id || !vault.opens(row.visit)) return deliverSealed(row, device);
  const body = await bodyOf(vault, row);
  if (row.type === "blob") return deliverBlob(vault, row, body, device);
  const place = row.type === "entry" ? "entries" : "packages";
  const answer = await ask(`/api/v1/visits/${row.visit}/${place}/`, { method: "POST", json: row.type === "entry" ? { ...body, after } : body, device });
  return outcome(answer, (receipt) => isOf(receipt, row));
}

/** What a lost answer leaves open: has it arrived? {} when headquarters does not know the id. */
async function receiptOf(row, device) {
  const answer = await ask(`/api/v1/sync/receipts/?id=${row.id}`, { device });
  if (answer.kind === "signed_out") return { stop: "signed_out" };
  if (answer.kind !== "ok" || !Array.isArray(answer.json.receipts)) return { later: answer.kind === "refused" ? "server" : answer.kind };
  const receipt = answer.json.receipts.find((one) => one.id === row.id && isOf(one, row));
  return receipt ? { done: receipt } : {};
}

/** The envelope as it was sealed when it was stored: for what this laptop itself cannot read any more. */
export async function deliverSealed(row, device) {
  const file = { format: "fieldservice.sealed-file.1", device, items: [JSON.parse(row.sealed)] };
  const answer = await ask("/api/v1/sync/sealed/", { method: "POST", json: file, device, patience: 60000 });
  if (answer.kind !== "ok") return outcome(answer);
  const receipt = (answer.json.receipts ?? []).find((one) => one.id === row.id);
  return receipt && isOf(receipt, row) ? { done: receipt } : { later: "wrong" };
}

async function deliverBlob(vault, row, body, device) {
  const kept = await bytesOf(vault, row.visit, row.id);
  if (!kept) return deliverSealed(row, device);
  const path = `/api/v1/visits/${row.visit}/blobs/${row.id}/`;
  const started = row.tries || row.unsure ? await ask(path, { device }) : null;
  let offset = started?.kind === "ok" ? started.json.receipt.received : 0;
  if (started?.kind === "ok" && started.json.receipt.complete) return complete(started.json.receipt, row);
  const about = new URLSearchParams({ total: kept.bytes.byteLength, sha256: row.sha256, name: body.name, type: body.type });
  for (let round = 0; round < 4000; round += 1) {
    about.set("offset", offset);
    const answer = await ask(`${path}?${about}`, {
      method: "POST", body: kept.bytes.slice(offset, offset + PIECE), device, patience: 60000,
      headers: { "Content-Type": "application/octet-stream" },
    });
    const received = answer.json?.receipt?.received ?? answer.json?.received;
    if (answer.status === 409 && Number.isInteger(received)) {
      if (received === offset) return outcome(answer);
      offset = received;
      continue;
    }
    if (answer.json?.again) return { later: "wrong", unsure: true }; // spoilt on its way; headquarters has dropped it
    if (answer.kind !== "ok") return outcome(answer);
    if (answer.json.receipt?.complete) return complete(answer.json.receipt, row);
    if (!(received > offset)) return { later: "wrong" };
    offset = received;
  }
  return { later: "wrong" };
}

/** The receipt names the very bytes that were sent: of a package its own hash, beside that of its statement. */
function isOf(receipt, row) {
  return [receipt.package_sha256, receipt.sha256].includes(row.sha256);
}

function complete(receipt, row) {
  return isOf(receipt, row) ? { done: receipt } : { later: "wrong" };
}

function outcome({ kind, json, status }, isOurs = () => false) {
  const receipt = json?.receipt;
  if ((kind === "ok" || status === 409) && receipt) return isOurs(receipt) ? { done: receipt } : { later: "wrong" };
  if (kind === "ok") return { later: "foreign" };
  if (kind === "signed_out") return { stop: "signed_out" };
  if (kind === "refused" && isOurWord(json, status)) return { refused: sentenceOf(json, status) };
  return { later: kind === "refused" ? "server" : kind, unsure: kind !== "foreign" };
}

/** A refusal counts only in our server's own words, as a receipt does: some gateway's 413 or 409 is trouble on the way. */
function isOurWord(json, status) {
  return Boolean(json?.message ?? json?.detail) && (status !== 409 || Number.isInteger(json.received));
}

function sentenceOf(json, status) {
  const fields = Object.values(json?.fields ?? {}).flat().join(" ");
  return [json?.message ?? json?.detail ?? String(status), fields].filter(Boolean).join(" ");
}

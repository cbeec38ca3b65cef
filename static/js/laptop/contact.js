// One contact with headquarters: who is here, what is held, what of it has arrived, which visits belong on this laptop.
import { contact as anchor } from "./clock.js";
import { deviceNow } from "../records/time.js";
import { rows } from "./queue.js";
import { all, get, put } from "./store.js";
import { ask } from "./wire.js";

/** {reach, answer}. reach: "ok", "away", "signed_out", "other" (somebody else is signed in), "revoked", "wipe". */
export async function contact({ device, name, owner }, signing = "") {
  const asked = Date.now();
  const held = (await rows()).filter((row) => row.state !== "received");
  const { kind, json } = await ask("/api/v1/sync/contact/", {
    method: "POST", device,
    json: {
      device, name, device_time: deviceNow().device_at, monotonic_ms: Math.round(performance.now()),
      app_version: document.documentElement.dataset.version ?? "", storage: await storage(), signing,
      held: held.map(({ id, type, visit, since, sha256 }) => ({ id, type, visit, since, sha256 })),
      ready: (await get("meta", "ready")) ?? [],
    },
  });
  if (json?.device_state === "wipe" || json?.device_state === "revoked") return { reach: json.device_state, answer: json };
  if (kind === "signed_out") return { reach: "signed_out", answer: json };
  if (kind !== "ok" || !json.server_time) return { reach: "away", answer: null };
  if (owner && json.person !== owner) return { reach: "other", answer: json };
  return { reach: "ok", answer: { ...json, clock_offset: anchor(json.server_time, asked) } };
}

export async function storage() {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return { persisted: Boolean(await navigator.storage?.persisted?.()), free_bytes: Math.max(0, quota - usage), quota_bytes: quota };
}

/** "Chromium on Linux": what the list of devices calls this laptop until somebody names it. */
export function deviceName() {
  const agent = navigator.userAgentData;
  const brand = agent?.brands.find((row) => !/not.?a.?brand/i.test(row.brand))?.brand;
  return brand ? `${brand} · ${agent.platform}` : navigator.userAgent.slice(0, 80);
}

export async function visitNumbers() {
  return (await all("visits")).map((row) => row.number);
}

export function keepReady(list) {
  return put("meta", list, "ready");
}

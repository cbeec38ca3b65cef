// The laptop goes into the customer's hands: through the server while it answers and has everything, else by this laptop itself.
import { cookie } from "../cookie.js";
import { rows } from "../laptop/queue.js";
import { sync } from "../laptop/sync.js";
import { el, words } from "./dom.js";

export async function handOver(page) {
  const { desk, number } = page;
  if (!desk.isLocal) return throughServer(number);
  if (desk.readOnly || desk.vault.isOverdue) return page.problem(desk.readOnly || words.overdue);
  const status = await sync(desk.vault, { now: true, visit: number });
  const hasAll = !(await rows(number)).some((row) => row.state !== "received");
  if (status?.reach === "ok" && hasAll) {
    await desk.vault.handOver(number, { offline: false });
    return throughServer(number);
  }
  const { nonces = [] } = page.bundle.signing ?? {};
  const used = (await rows(number)).filter((row) => row.type === "package").map((row) => row.nonce);
  const nonce = nonces.find((one) => !used.includes(one));
  if (!nonce) return page.problem(words.no_nonce);
  await desk.vault.handOver(number, { offline: true, nonce });
  location.assign(`/visits/${number}/sign/`);
}

/** A form, because the server answers with the customer's page. */
function throughServer(number) {
  const form = el("form", { method: "post", action: `/visits/${number}/sign/start/`, hidden: true },
    el("input", { type: "hidden", name: "csrfmiddlewaretoken", value: cookie("csrftoken") }));
  document.body.append(form);
  form.submit();
}

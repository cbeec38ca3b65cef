// What one tab has to tell itself and the others: that the store changed, how the last contact went, that the laptop was locked.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("fieldservice") : null;
const local = new EventTarget();

export function tell(kind, facts = {}) {
  local.dispatchEvent(new CustomEvent(kind, { detail: facts }));
  channel?.postMessage({ kind, facts });
}

export function hear(kind, listener) {
  local.addEventListener(kind, (event) => listener(event.detail, true));
  channel?.addEventListener("message", ({ data }) => data.kind === kind && listener(data.facts, false));
}

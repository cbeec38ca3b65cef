// What the engineer found against what headquarters stated. The twin of visits/records/finding.py, held to it by shared vectors.
import { say } from "./say.js";

const BETWEEN = /[ \t\n\u3000,.;:，。；：、]+/g;

/** {field: sentence} of a "result" payload. `stated` is the order's cause, `hasAnswer` says whether headquarters answered a question. */
export function againstFinding(payload, stated, hasAnswer) {
  if (payload.result === "not_done" || hasAnswer || !differs(payload.cause, stated)) return {};
  return { cause: say("Headquarters stated another cause: “%(stated)s”. Ask it first, as a technical question; leave the cause empty until it has answered.", {
    stated: [...stated].slice(0, 100).join(""),
  }) };
}

/** Do both say something, and neither the same as the other, only more of it? */
function differs(found, stated) {
  const [one, other] = [found, stated].map((text) => text.replace(BETWEEN, "").toLowerCase());
  return Boolean(one && other) && !other.includes(one) && !one.includes(other);
}

// What a link brought the customer to, on a screen of the customer's own: read, signed and posted, with no trace left here.
import { words } from "./records/dom.js";
import { ask } from "./laptop/wire.js";
import { cleanSigner } from "./rules/signer.js";
import { postPackage } from "./signoff/package.js";
import { failed, SignPage } from "./signoff/page.js";
import { checked } from "./signoff/source.js";
import { showPostponement } from "./signoff/postponement.js";
import { showStatement } from "./signoff/statement.js";

const { language } = document.getElementById("sign-form").dataset;
const isAnswer = document.getElementById("sign-form").dataset.answer === "1";

/** {page}, or {ended: sentence} when the link is no longer good, or {} when nobody answers. */
async function asked() {
  const { kind, json } = await ask(`/api/v1/signing/statement/?language=${language}`);
  if (kind === "ok") return { page: await checked(json, []) };
  return kind === "refused" && json?.message ? { ended: json.message } : {};
}

async function load() {
  const { page, ended } = await asked();
  if (!page) throw new Error(ended ?? words.not_sent);
  return page;
}

/** Nobody signs other words than headquarters has: what changed while the customer was reading is shown before anything is sent. */
async function send(body) {
  const { page: now } = await asked();
  if (now && now.sha256 !== body.page.sha256) {
    page.replace(now);
    throw new Error(words.changed_meanwhile);
  }
  return postPackage(`/api/v1/signing/sign-off/?language=${language}`, body);
}

const page = new SignPage({ load, show: isAnswer ? showPostponement : showStatement, clean: (values) => cleanSigner(values, { isAnswer }), send });
page.open().catch(failed);

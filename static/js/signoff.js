// The customer's page on the engineer's laptop: what was signed is kept here first where it can be kept, else posted at once.
import { here, isForeign } from "./laptop/here.js";
import { hear } from "./laptop/news.js";
import { unlockPanel } from "./laptop/panels.js";
import { keepSyncing } from "./laptop/sync.js";
import { cleanSigner } from "./rules/signer.js";
import { givenHere, keepPackage, postPackage } from "./signoff/package.js";
import { failed, SignPage } from "./signoff/page.js";
import { statementFor } from "./signoff/source.js";
import { showStatement } from "./signoff/statement.js";

const number = location.pathname.split("/")[2];
const { language } = document.getElementById("sign-form").dataset;
let vault = null;

const page = new SignPage({
  load: () => statementFor(vault, number, language),
  show: showStatement,
  clean: cleanSigner,
  send: (body) => (vault?.opens(number) ? keepPackage(vault, number, body) : postPackage(`/api/v1/visits/${number}/sign-off/?language=${language}`, body)),
});

async function start() {
  const found = await here();
  vault = found?.laptop && !isForeign(found) ? found : null;
  for (const link of document.querySelectorAll("[data-leave]")) {
    link.href = `/visits/${number}/sign/leave/`;
    link.addEventListener("click", takeBack);
  }
  if (vault?.sign && !vault.opens(number)) return askEngineer(() => vault.handOver(number, { offline: true, nonce: vault.sign.nonce }).then(open));
  await open();
}

async function open() {
  if (!vault?.sign) return page.open();
  keepSyncing(vault, number); // when the server answers again, its session is the customer's too
  hear("changed", () => follow().catch(failed));
  const given = await givenHere(vault, number);
  return given ? page.again(given.body, given.receipt) : page.open();
}

/** What was kept here has arrived meanwhile: the thanks say so. */
async function follow() {
  if (!page.isKept || !vault.opens(number)) return;
  const given = await givenHere(vault, number);
  if (given?.receipt) page.thank(given.receipt, given.body.kind === "refused");
}

/** The laptop was closed in the customer's hands, or the engineer takes it back: the passphrase, here on the page. */
function askEngineer(then) {
  const place = document.getElementById("engineer");
  vault.addEventListener("opened", () => {
    place.replaceChildren();
    then().catch(failed);
  }, { once: true });
  place.replaceChildren(unlockPanel(vault));
  place.scrollIntoView({ block: "center" });
}

function takeBack(event) {
  if (!vault?.sign) return;
  event.preventDefault();
  askEngineer(() => vault.takeBack().then(() => location.assign(`/visits/${number}/record/`)));
}

start().catch(failed);

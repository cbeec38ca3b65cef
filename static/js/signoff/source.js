// Where the statement before the customer comes from: the server, or this laptop when no server answers.
import { storedVisit } from "../laptop/sync.js";
import { bodyOf, rows } from "../laptop/queue.js";
import { ask } from "../laptop/wire.js";
import { withRows } from "../records/local.js";
import { words } from "../records/dom.js";
import { hash } from "../rules/canonical.js";
import { changes, statementOf } from "../rules/statement.js";
import { inWords } from "./differences.js";

/** {statement, sha256, nonce, consent, changes, covers, isHere}; throws with a sentence. */
export async function statementFor(vault, number, language) {
  const canBuild = Boolean(vault?.laptop && vault.opens(number));
  if (canBuild && vault.sign) return built(vault, number, language);
  const { kind, json } = await ask(`/api/v1/visits/${number}/statement/?language=${language}`);
  if (kind === "ok") return checked(json, canBuild ? await coversOf(vault, number) : []);
  if (canBuild && kind !== "refused") return built(vault, number, language);
  throw new Error(json?.message ?? words.not_sent);
}

/** The server's page, when its words have the hash that it names; throws otherwise: nobody signs what cannot be checked. */
export async function checked(page, covers) {
  const ours = await hash(page.statement);
  if (ours !== page.sha256) throw new Error(words.different);
  return { ...page, covers, isHere: false };
}

async function visitHere(vault, number) {
  const { bundle } = (await storedVisit(vault, number)) ?? {};
  if (!bundle) throw new Error(words.not_sent);
  const queued = await Promise.all((await rows(number)).map(async (row) => ({ row, body: await bodyOf(vault, row) })));
  return withRows(bundle, queued, { labels: {}, author: vault.laptop.name });
}

async function coversOf(vault, number) {
  return covered(await visitHere(vault, number));
}

function covered(bundle) {
  return bundle.entries.filter((entry) => entry.state === "accepted").map((entry) => entry.id);
}

async function built(vault, number, language) {
  const bundle = await visitHere(vault, number);
  const { signing } = bundle;
  const used = (await rows(number)).filter((row) => row.type === "package").map((row) => row.nonce);
  const nonce = vault.sign?.nonce ?? signing.nonces.find((one) => !used.includes(one));
  if (!nonce || used.includes(nonce)) throw new Error(words.signed_already);
  const statement = statementOf(bundle, { language, nonce });
  const changed = signing.before ? inWords(changes(signing.before, statement)) : [];
  return {
    statement, nonce, sha256: await hash(statement), consent: signing.consent[language], changes: changed, covers: covered(bundle), isHere: true,
  };
}

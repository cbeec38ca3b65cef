// Keeps the shells of the pages that work without a network, and their files. Never a page of a person, never an answer
// of the API. While a page is open it also holds the key of the laptop's store in memory, so that going from page to page asks no passphrase.
const CACHE = `shell-${SHELL.version}`;
const NOTES = "shell-notes"; // the language, whether work is kept here, whether a customer holds the laptop: outlives versions
const PATIENCE = 2500; // ms until a silent server counts as unreachable, on a laptop that can go on without it
const LONG = 30000; // for every other page
const REST = 20000; // ms during which shells then come without asking it
const IDLE = 15 * 60000;
const FILES = new Set(SHELL.files);
let awayUntil = 0;
let noting = Promise.resolve();
let held = null; // {keys, seen}: CryptoKeys that cannot be exported

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(answer(event)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (FILES.has(url.pathname)) event.respondWith(kept(url.pathname, request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.files);
  await cache.addAll(SHELL.shells.map((path) => new Request(path, { credentials: "omit", cache: "reload" })));
  // The very first worker has nobody to disturb; a later one waits until a page without unsent work says "take".
  if (!self.registration.active) await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE && name !== NOTES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(path, request) {
  return (await (await caches.open(CACHE)).match(path)) ?? fetch(request);
}

async function page(request, url) {
  const { sign, kept, language = "zh-hans" } = await notes();
  const [, start] = SHELL.routes.find(([pattern]) => new RegExp(pattern).test(url.pathname)) ?? [];
  const asked = url.searchParams.get("language");
  const spoken = asked === "en" || asked === "zh-hans" ? asked : start?.includes("/sign/") ? "zh-hans" : language;
  // In the customer's hands: this visit's page to sign and nothing else, whether or not a server answers.
  if (sign) return url.pathname === `/visits/${sign}/sign/` ? shell(start, spoken) : Response.redirect(`/visits/${sign}/sign/`);
  if (start && Date.now() < awayUntil) return shell(start, spoken);
  try {
    const response = await patiently(request, start && kept ? PATIENCE : LONG);
    if (isOurs(response)) return response;
    if (!start) return response;
  } catch {
    // Nobody answered.
  }
  awayUntil = Date.now() + REST;
  return shell(start ?? SHELL.offline, spoken);
}

/** Ours, or at least a redirect, whose inside cannot be seen. A proxy without its server, or a hotel's sign-in page, is not. */
function isOurs(response) {
  return response.type === "opaqueredirect" || (response.status < 502 && response.headers.has("Content-Security-Policy"));
}

function patiently(request, patience) {
  const silence = new Promise((_, reject) => setTimeout(reject, patience));
  return Promise.race([fetch(request), silence]);
}

async function shell(start, language) {
  return (await (await caches.open(CACHE)).match(`${start}${language}/`)) ?? Response.error();
}

/** What is noted, after noting `more`: one after the other, so that nothing of it is lost. */
function notes(more) {
  noting = noting.catch(() => null).then(async () => {
    const cache = await caches.open(NOTES);
    const known = (await (await cache.match("/notes"))?.json()) ?? {};
    if (more) await cache.put("/notes", Response.json({ ...known, ...more }));
    return { ...known, ...more };
  });
  return noting;
}

async function answer({ data, ports, source }) {
  let said = true;
  if (data.say === "note") await notes(data.notes);
  else if (data.say === "hold" && !(held?.seen > data.seen && held.keys.id === data.keys.id && !data.anew)) held = { keys: data.keys, seen: data.seen };
  else if (data.say === "drop") held = null;
  else if (data.say === "online") awayUntil = 0;
  else if (data.say === "take") {
    const others = (await self.clients.matchAll({ type: "window", includeUncontrolled: true })).filter((client) => client.id !== source.id);
    said = !others.length;
    if (said) await self.skipWaiting();
  }
  if (held && Date.now() - held.seen > IDLE) held = null;
  ports[0]?.postMessage(data.say === "keys" ? held : data.say === "version" ? SHELL.version : said);
}

// What runs behind every page of somebody with a laptop: the service worker, the queue, the notice of a new version, and the question at sign-out.
import { here, isForeign, isShell, person } from "./here.js";
import { hear } from "./news.js";
import { rows, waitingCounts } from "./queue.js";
import { get } from "./store.js";
import { shownHere } from "../records/time.js";
import { saveSealed } from "./save.js";
import { keepSyncing, sync } from "./sync.js";
import { register, say, sayTo } from "./worker.js";

const isSigning = /^\/visits\/[^/]+\/sign\/$/.test(location.pathname);
const runsItself = Boolean(document.querySelector('[data-fill="laptop"]')) || isSigning;

async function start() {
  const vault = await here();
  await count(vault);
  hear("changed", () => count(vault));
  if (vault?.laptop && !isForeign(vault)) await serve(vault);
  await loaded();
  const registration = await register();
  say({ say: "note", notes: { kept: Boolean(vault?.laptop), ...(isSigning || !(person || isShell) ? {} : { language: document.documentElement.lang }) } });
  if (registration) await watchVersions(registration, vault);
}

/** For the laptop's owner, and where nobody is signed in. */
async function serve(vault) {
  guardSignOut(vault);
  hear("contact", showReady);
  hear("contact", backToSignIn);
  await showReady();
  if (!runsItself) keepSyncing(vault);
}

/** What the page itself needs comes first; what is kept for later does not stand in its way. */
function loaded() {
  return document.readyState === "complete" ? null : new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

/** The passphrase took the laptop back; the session is still the customer's until its engineer signs in again. */
function backToSignIn({ signing }) {
  if (signing && !isSigning && !location.pathname.endsWith("/sign/leave/")) location.assign(`/visits/${signing}/sign/leave/`);
}

/** The number beside "On this laptop", and for somebody else the bare fact that something waits. */
async function count(vault) {
  const { waiting = 0, attention = 0 } = vault?.laptop ? await waitingCounts() : {};
  const all = waiting + attention;
  for (const place of document.querySelectorAll("[data-waiting-count]")) {
    place.textContent = all;
    place.hidden = !all || isForeign(vault);
  }
  if (!isShell) localStorage.setItem("fieldservice.waiting", JSON.stringify({ owner: vault?.laptop?.owner ?? "", count: all }));
  if (isForeign(vault) && all) document.getElementById("others-work")?.removeAttribute("hidden");
}

/** The badge "ready to leave" beside a visit, when this laptop knows better than headquarters did. */
async function showReady() {
  const places = [...document.querySelectorAll("[data-ready]")];
  if (!places.length) return;
  const said = document.getElementById("ready-words")?.dataset;
  const checks = (said && (await get("meta", "ready"))) ?? [];
  for (const place of places) {
    const check = checks.find((row) => row.visit === place.dataset.ready);
    if (!check || Date.parse(check.at) <= Date.parse(place.dataset.at)) continue;
    place.className = `badge state state-${check.state}`;
    place.textContent = `${said[check.state]} · ${shownHere(new Date(check.at)).slice(5)}`;
  }
}

/** A new version is said, and taken at a start without unsent work and without another page of ours. */
async function watchVersions(registration, vault) {
  const announce = () => document.getElementById("new-version")?.removeAttribute("hidden");
  const follow = (worker) => worker?.addEventListener("statechange", () => worker.state === "installed" && navigator.serviceWorker.controller && announce());
  registration.addEventListener("updatefound", () => follow(registration.installing));
  follow(registration.installing); // found before this page listened
  const { waiting, attention } = vault?.laptop ? await waitingCounts() : { waiting: 0, attention: 0 };
  if (!registration.waiting) return;
  if (waiting || attention || isSigning || vault?.sign) return announce();
  navigator.serviceWorker.addEventListener("controllerchange", async () => {
    await vault?.holdAgain();
    location.reload();
  }, { once: true });
  if (!(await sayTo(registration.waiting, { say: "take" }))) announce(); // another page of ours is open
}

/** Signing out locks the store. With unsent work it asks first: send now, keep it encrypted here, or take it along as a file. */
function guardSignOut(vault) {
  const dialog = document.getElementById("sign-out");
  for (const form of document.querySelectorAll('form[action$="/accounts/logout/"]')) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.asked) return;
      event.preventDefault();
      delete form.dataset.sent;
      const unsent = (await rows()).some((row) => row.state !== "received");
      if (!unsent || !dialog) return leave(form, vault);
      dialog.showModal();
      dialog.querySelector("[value=send]").onclick = async () => {
        await sync(vault, { now: true });
        if (!(await rows()).some((row) => row.state !== "received")) return leave(form, vault);
        dialog.querySelector("[data-not-sent]").hidden = false;
      };
      dialog.querySelector("[value=keep]").onclick = () => leave(form, vault);
      dialog.querySelector("[value=file]").onclick = () => saveSealed(vault);
    });
  }
}

async function leave(form, vault) {
  await vault.lock();
  form.dataset.asked = "1";
  form.submit();
}

start().catch((error) => console.warn("laptop", error.name));

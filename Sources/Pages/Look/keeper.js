// Keeps what is typed in a step on this device, sealed, until it is saved; sends again when the line is back.
// Enhancement only: the page works without this file.
"use strict";

const form = document.querySelector("form[data-device]");
const place = document.querySelector(".device");
const says = (what, isShown = true) => { place.querySelector(`[data-says=${what}]`).hidden = !isShown; };
// Told of what was just sent: whoever pressed the button looks at the end of a long form.
const tells = (what) => { says(what); place.scrollIntoView({ block: "center" }); };

// The key is derived from what the server tells this account alone, and never stored: what is left behind when a visit
// ends is unreadable until the same person signs in again.
const keeper = {
  path: form.getAttribute("action"),
  // Whoever does not come back for it within three days goes by what was saved.
  age: 3 * 24 * 3600 * 1000,
  isSafe: Boolean(globalThis.crypto?.subtle && globalThis.indexedDB),

  async store(mode, act) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("keeper", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("typed");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    // Closed after each act, so that signing out can delete it all.
    try {
      return await new Promise((resolve, reject) => {
        const request = act(database.transaction("typed", mode).objectStore("typed"));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    } finally { database.close(); }
  },

  async key(salt) {
    const account = await crypto.subtle.importKey(
      "raw", new TextEncoder().encode(place.dataset.mark), "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(keeper.path) };
    return crypto.subtle.deriveKey(how, account, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  },

  // Everything of one account stands together: what is left of another is found without being read.
  async name() {
    const bytes = new TextEncoder().encode(`account ${place.dataset.mark}`);
    const mark = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].slice(0, 8);
    return `${mark.map((byte) => byte.toString(16).padStart(2, "0")).join("")} `;
  },

  // What another account left nobody here can read.
  async sweep() {
    const own = await keeper.name();
    await keeper.store("readwrite", (typed) => typed.delete(IDBKeyRange.upperBound(own, true)));
    await keeper.store("readwrite", (typed) => typed.delete(IDBKeyRange.lowerBound(own.replace(" ", "!"))));
  },

  // What came with the page too: the version it was typed on, and the id that makes sending it twice one record.
  fields: () => [...new FormData(form)].filter(([name]) => !["csrf", "page"].includes(name)),

  async keep() {
    if (!keeper.isSafe) return;
    const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
    const text = new TextEncoder().encode(JSON.stringify(keeper.fields()));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keeper.key(salt), text);
    const slot = (await keeper.name()) + keeper.path;
    await keeper.store("readwrite", (typed) => typed.put({ salt, iv, sealed, at: Date.now() }, slot));
  },

  async forget() {
    if (!keeper.isSafe) return;
    const slot = (await keeper.name()) + keeper.path;
    await keeper.store("readwrite", (typed) => typed.delete(slot));
  },

  async kept() {
    if (!keeper.isSafe) return null;
    await keeper.sweep();
    const slot = (await keeper.name()) + keeper.path;
    const found = await keeper.store("readonly", (typed) => typed.get(slot));
    if (!found) return null;
    if (!(Date.now() - found.at < keeper.age)) { await keeper.forget(); return null; }
    try {
      const text = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: found.iv }, await keeper.key(found.salt), found.sealed);
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      await keeper.forget();
      return null;
    }
  },

  fill(fields) {
    for (const field of form.elements) {
      if (!field.name || ["csrf", "page"].includes(field.name)) continue;
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
      if (values.some(Boolean) && field.type !== "hidden") field.closest("details:not([open])")?.setAttribute("open", "");
    }
  },
};

if (!keeper.isSafe) says("insecure");

// A form that came back as an answer brings what was typed itself.
if (form.dataset.device !== "answered") {
  keeper.kept().then((fields) => {
    if (!fields) return;
    says("kept");
    place.querySelector("[data-act=take]").onclick = () => { keeper.fill(fields); says("kept", false); };
    place.querySelector("[data-act=drop]").onclick = () => { keeper.forget(); says("kept", false); };
  });
}

let waits;
form.addEventListener("input", () => {
  clearTimeout(waits);
  waits = setTimeout(keeper.keep, 300);
});

const sending = { isUnderWay: false, isWaiting: false };
const post = () => fetch(keeper.path, { method: "POST", body: new URLSearchParams(new FormData(form)) });
const isSignIn = (answer) => answer.redirected && new URL(answer.url).pathname.startsWith("/sign-in");
const reader = (page) => page.querySelector(".who a")?.textContent;

// After signing in again in another window the form is of a visit that is over: the same person takes the new one's mark.
async function renew() {
  const answer = await fetch(location.href);
  if (isSignIn(answer)) return "signed-out";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const mark = page.querySelector("[name=csrf]")?.value;
  if (!mark || mark === form.elements.csrf.value || reader(page) !== reader(document)) return "same";
  for (const field of document.querySelectorAll("[name=csrf]")) field.value = mark;
  return "renewed";
}

async function send() {
  if (sending.isUnderWay) return;
  sending.isUnderWay = true;
  try {
    clearTimeout(waits);
    await keeper.keep();
    let answer = await post();
    sending.isWaiting = false;
    says("offline", false);
    if (isSignIn(answer) || !answer.ok) {
      const visit = await renew();
      const ended = keeper.isSafe ? "signed-out" : "signed-out-insecure";
      if (visit === "signed-out") return tells(ended);
      says(ended, false);
      if (visit === "renewed") answer = await post();
    }
    // What is refused saved nothing: the browser sends it itself and shows the answer.
    if (!answer.redirected) return form.submit();
    await keeper.forget();
    location.assign(answer.url);
  } catch {
    if (!sending.isWaiting) tells("offline");
    sending.isWaiting = true;
  } finally { sending.isUnderWay = false; }
}

// Whoever signs out leaves nothing, not even what was typed a moment ago.
addEventListener("submit", ({ target }) => {
  if (!target.getAttribute("action").includes("sign-out")) return;
  clearTimeout(waits);
  keeper.isSafe = false;
}, true);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
addEventListener("online", () => sending.isWaiting && send());
// Some lines come back without saying so.
setInterval(() => sending.isWaiting && navigator.onLine && send(), 15_000);

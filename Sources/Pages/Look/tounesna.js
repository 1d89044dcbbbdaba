// Enhancement only: every page works without this file.
"use strict";

// "/" goes to the search; arrows go through a list, Enter opens.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key === "/" && !isTyping) {
    const search = document.getElementById("q");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !isTyping) {
    const links = [...document.querySelectorAll(".list tbody th a")];
    if (!links.length) return;
    const here = links.indexOf(document.activeElement);
    const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  }
});

// What went wrong is where one looks first.
const summary = document.querySelector(".summary");
if (summary && !summary.closest(".samples")) { summary.tabIndex = -1; summary.focus(); }

// What was done is said where it was done, and once: not again at each reload.
const notice = document.querySelector(".notice");
if (notice) {
  document.getElementById(location.hash.slice(1))?.querySelector(":scope > .head")?.after(notice);
  const here = new URL(location.href);
  here.searchParams.delete("notice");
  history.replaceState(history.state, "", here);
}

// What is half typed is still there after leaving the page by mistake, losing the line or being signed out by the clock.
// It is kept in this tab only, until it is saved, or until somebody signs out or another one signs in; passwords never.
const person = document.querySelector(".who a")?.textContent;
const drafts = {
  key: (form) => `draft ${form.getAttribute("action")}`,
  read: (form) => JSON.parse(sessionStorage.getItem(drafts.key(form)) || "null"),
  forms: () => (person ? document.querySelectorAll("form.sheet[method=post]:not([role=search], [data-device])") : []),
  isKept: (field) => field.name && !["hidden", "password", "file", "search"].includes(field.type) && field.name !== "code",

  // The hidden fields too: the version it was typed on, and the id that makes sending it twice one record.
  keep(form, field) {
    if (!drafts.isKept(field)) return;
    const draft = drafts.read(form) || { typed: {}, hidden: {} };
    const same = [...form.elements].filter((other) => other.name === field.name);
    const isChoice = ["radio", "checkbox"].includes(field.type);
    draft.typed[field.name] = same.filter((other) => !isChoice || other.checked).map((other) => other.value);
    for (const { type, name, value } of form.elements) if (type === "hidden" && name !== "csrf") draft.hidden[name] = value;
    sessionStorage.setItem(drafts.key(form), JSON.stringify(draft));
  },

  restore(form) {
    const draft = drafts.read(form);
    if (!draft) return;
    for (const field of form.elements) {
      const values = draft.typed[field.name];
      if (field.type === "hidden" && field.name in draft.hidden) field.value = draft.hidden[field.name];
      else if (!values || !drafts.isKept(field)) continue;
      else if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
      const closed = field.closest("details:not([open])");
      if (closed && values) closed.open = true;
    }
  },

  // Another person at the same machine finds nothing.
  mine() {
    const before = sessionStorage.getItem("person");
    if (person && before !== person) {
      sessionStorage.clear();
      // Another window of the same visit is no other person.
      if (before) indexedDB.deleteDatabase("keeper");
      sessionStorage.setItem("person", person);
    }
  },
};

drafts.mine();
// A notice says that what was sent last is saved; without one it may have been lost on the way.
if (notice) sessionStorage.removeItem(sessionStorage.getItem("sent"));
sessionStorage.removeItem("sent");
for (const form of drafts.forms()) {
  // A form that came back with errors brings what was typed itself.
  if (!form.querySelector(".summary")) drafts.restore(form);
  form.addEventListener("input", (event) => drafts.keep(form, event.target));
}

// A second click on the same button is the same act: it is let through after a moment, should the answer be lost.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - form.dataset.sent < 3000) return event.preventDefault();
  form.dataset.sent = Date.now();
  if (/^\/(sign-out|account\/sign-out-everywhere)$/.test(form.getAttribute("action"))) {
    sessionStorage.clear();
    indexedDB.deleteDatabase("keeper");
  }
  else sessionStorage.setItem("sent", drafts.key(form));
});

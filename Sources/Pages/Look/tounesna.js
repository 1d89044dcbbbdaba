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

// A second click on the same button is the same act: it is let through after a moment, should the answer be lost.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - form.dataset.sent < 3000) event.preventDefault();
  form.dataset.sent = Date.now();
  forget(form);
});

// What is half typed is still there after leaving the page by mistake or losing the line; passwords never.
const key = (form) => `draft ${location.pathname} ${form.getAttribute("action")}`;
const isKept = (field) => field.name && !["hidden", "password", "file", "search"].includes(field.type);
const forget = (form) => sessionStorage.removeItem(key(form));
for (const form of document.querySelectorAll("form.sheet[method=post]")) {
  if (form.querySelector(".summary")) continue;
  const draft = JSON.parse(sessionStorage.getItem(key(form)) || "null");
  if (draft && form.closest("details.act, main")) {
    let changed = false;
    for (const field of form.elements) {
      if (!isKept(field) || !(field.name in draft)) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = draft[field.name].includes(field.value);
      else if (!field.value) field.value = draft[field.name][0] || "";
      changed = true;
    }
    const closed = form.closest("details.act:not([open])");
    if (changed && closed) closed.open = true;
  }
  form.addEventListener("input", () => {
    const typed = {};
    for (const field of form.elements) {
      if (!isKept(field)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        typed[field.name] ||= [];
        if (field.checked) typed[field.name].push(field.value);
      } else typed[field.name] = [field.value];
    }
    sessionStorage.setItem(key(form), JSON.stringify(typed));
  });
}

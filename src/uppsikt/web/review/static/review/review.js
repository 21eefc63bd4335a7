// Granska: files are dropped, the list is walked by arrow keys, the chosen finding is told to the ear. All of it works without.
"use strict";

// Files: dropped on the form they are sent at once; too large a choice is told before it is sent.
function fits(form, files) {
  const size = [...files].reduce((sum, file) => sum + file.size, 0);
  const fault = size > Number(form.dataset.most) ? form.dataset.large : "";
  form.querySelector(".errorlist").textContent = fault;
  return !fault;
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.drop");
  if (form && event.target.type === "file") fits(form, event.target.files);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.drop");
  if (form && !fits(form, form.querySelector("[type=file]").files)) event.preventDefault();
});
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) document.addEventListener(kind, (event) => {
  const form = event.target.closest?.("form.drop");
  if (!event.dataTransfer?.types.includes("Files")) return;
  if (document.querySelector("form.drop")) event.preventDefault(); // a file beside the form is not opened over the page
  form?.classList.toggle("over", kind === "dragenter" || kind === "dragover");
  if (kind !== "drop" || !form) return;
  const field = form.querySelector("[type=file]");
  const files = new DataTransfer();
  [...event.dataTransfer.files].slice(0, field.multiple ? undefined : 1).forEach((file) => files.items.add(file));
  field.files = files.files;
  if (field.files.length && fits(form, field.files)) form.requestSubmit();
});

// Findings: the arrow keys walk the list, when the keyboard is in it or in what is shown beside it.
const links = () => [...document.querySelectorAll("a.choose")];
function choose(step) {
  const all = links();
  const at = all.findIndex((link) => link.hasAttribute("aria-current"));
  const next = all[at + step];
  if (!next) return false;
  next.click();
  next.focus();
  return true;
}
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step && event.target.closest("a.choose") && choose(step)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const step = event.target.closest("a[data-step]");
  if (step && !event.ctrlKey && !event.metaKey && !event.shiftKey && choose(Number(step.dataset.step))) event.preventDefault();
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "visning") return;
  const asked = event.target.querySelector("[data-shown]")?.dataset.shown;
  links().forEach((link) => link.toggleAttribute("aria-current", false));
  const chosen = links().find((link) => link.dataset.identity === asked);
  chosen?.setAttribute("aria-current", "true");
  chosen?.scrollIntoView({block: "nearest"});
  event.target.scrollTop = 0;
  reveal();
  if (matchMedia("(max-width:60rem)").matches) event.target.scrollIntoView();
});
for (const kind of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(kind, (event) => {
  const link = event.target.closest?.("a.choose");
  if (link) location.assign(link.href);
});

// The marked cell is brought into view inside its own window.
function reveal() {
  document.querySelectorAll(".read").forEach((window) => {
    const cell = window.querySelector(".marked");
    if (!cell) return;
    window.scrollTop = Math.max(0, cell.offsetTop - window.clientHeight / 2);
    window.scrollLeft = Math.max(0, cell.offsetLeft - window.clientWidth / 2);
  });
}
document.addEventListener("toggle", (event) => { if (event.target.open) reveal(); }, true);
document.addEventListener("DOMContentLoaded", reveal);

// On paper what follows from a finding is unfolded.
addEventListener("beforeprint", () => document.querySelectorAll(".finding details").forEach((one) => { one.open = true; }));

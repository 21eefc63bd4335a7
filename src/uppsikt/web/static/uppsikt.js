// What makes a page more comfortable. Nothing here is needed to use one.
"use strict";
document.documentElement.classList.add("js");

// Context bar and filters: a choice takes effect at once; the button stays for keyboards that step through choices.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]") && !form.dataset.keys) form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-auto]");
  if (form && event.target.matches("select") && event.key.startsWith("Arrow")) form.dataset.keys = "1";
});
document.addEventListener("pointerdown", (event) => {
  const form = event.target.closest?.("form[data-auto]");
  if (form) delete form.dataset.keys;
});

// "/" goes to the search field, as in most systems people know; never while they write.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[type=search]");
  if (field) { event.preventDefault(); field.focus(); }
});

// A form that was refused shows its first fault, however far down it stands; a page that tells the faults at its top keeps them there.
document.addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector("main .note.error, main [autofocus]")) document.querySelector("main form [aria-invalid=true]")?.focus();
});

// Charts: the drawing from the server becomes one that answers the pointer, when it comes into view.
const base = document.currentScript.src.replace(/uppsikt\.js.*$/, "");
let library;
const load = () => library ??= new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = base + "vendor/uppsikt-charts.min.js";
  script.onload = () => done(window.uppsiktCharts);
  script.onerror = failed;
  document.head.append(script);
});

function tip(_handler, event, _item, value) {
  let box = document.getElementById("chart-tip");
  if (value == null || value === "") { box?.remove(); return; }
  if (!box) {
    box = Object.assign(document.createElement("div"), {id: "chart-tip"});
    document.body.append(box);
  }
  box.textContent = typeof value === "object"
    ? Object.entries(value).map(([name, text]) => `${name}: ${text}`).join("\n") : String(value);
  const width = Math.min(event.clientX + 14, window.innerWidth - box.offsetWidth - 8);
  box.style.left = `${Math.max(8, width)}px`;
  box.style.top = `${event.clientY + 14}px`;
}

// Advice about how a chart is written is for those who write charts; errors are still told.
const quiet = {level: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet,
  error: (...words) => { console.error(...words); return quiet; }};

async function enliven(figure) {
  const canvas = figure.querySelector(".canvas");
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const beyond = Number(canvas.querySelector("svg")?.getAttribute("width")) - canvas.clientWidth;
  if (spec.width && beyond > 0) spec.width = Math.max(160, spec.width - beyond); // narrower, rather than shrunk with its words
  const lib = await load();
  const place = document.createElement("div");
  const config = {...spec.config, background: "transparent"};
  const view = new lib.View(lib.parse(lib.compile({...spec, config}, {logger: quiet}).spec, undefined, {ast: true}),
    {expr: lib.expressionInterpreter, renderer: "svg", container: place, hover: true});
  view.tooltip(tip);
  await view.runAsync();
  place.querySelector("svg").setAttribute("aria-hidden", "true");
  canvas.replaceChildren(place);
}

if ("IntersectionObserver" in window && !navigator.connection?.saveData) {
  const watch = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => {
    watch.unobserve(one.target);
    enliven(one.target).catch(() => {}); // the drawing from the server stays
  }), {rootMargin: "200px"});
  const all = () => document.querySelectorAll("figure.chart:not([data-seen])").forEach((figure) => {
    figure.dataset.seen = "1";
    watch.observe(figure);
  });
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:load", all);
}

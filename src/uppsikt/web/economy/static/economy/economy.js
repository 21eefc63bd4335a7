// A row of a statement unfolds in place; without this the same link leads to a page with the same content.
"use strict";
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-unfold]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !window.htmx) return;
  event.preventDefault();
  const row = link.closest("tr");
  const known = document.getElementById(link.getAttribute("aria-controls"));
  if (known) {
    known.hidden = !known.hidden;
    link.setAttribute("aria-expanded", String(!known.hidden));
    return;
  }
  const unfolded = document.createElement("tr");
  unfolded.className = "unfolded";
  unfolded.id = `${row.id}.uppe`;
  const cell = unfolded.insertCell();
  cell.colSpan = row.cells.length;
  let last = row;
  while (last.nextElementSibling?.matches("tr.beside")) last = last.nextElementSibling;
  last.after(unfolded);
  link.setAttribute("aria-controls", unfolded.id);
  link.setAttribute("aria-expanded", "true");
  cell.addEventListener("htmx:responseError", () => location.assign(link.href));
  cell.addEventListener("htmx:sendError", () => location.assign(link.href));
  window.htmx.ajax("GET", link.href, {target: cell, swap: "innerHTML"});
});

// The ledger: a file that is dropped on the form is chosen there. The form works without.
"use strict";
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) document.addEventListener(kind, (event) => {
  const form = event.target.closest?.("form.drop");
  if (!event.dataTransfer?.types.includes("Files") || !document.querySelector("form.drop")) return;
  event.preventDefault(); // a file beside the form is not opened over the page
  form?.classList.toggle("over", kind === "dragenter" || kind === "dragover");
  if (kind !== "drop" || !form) return;
  const files = new DataTransfer();
  [...event.dataTransfer.files].slice(0, 1).forEach((file) => files.items.add(file));
  form.querySelector("[type=file]").files = files.files;
});

// Putting a list in order by dragging, beside the buttons that do the same: the server answers with the list anew.
"use strict";

let dragged = null;

const entryAt = (target) => target.closest?.("[data-order] > li:has(.move)");
const clearDrop = () => findAll("[data-drop]").forEach((entry) => delete entry.dataset.drop);

function offerDragging(root) {
  // Not while a name is typed in the entry: the text of an input is marked by dragging, too.
  findAll("[data-order] > li:has(.move):not(:has(.input))", root).forEach((entry) => { entry.draggable = true; });
}

document.addEventListener("dragstart", (event) => { dragged = entryAt(event.target) ?? null; });
document.addEventListener("dragend", () => { dragged = null; clearDrop(); });

document.addEventListener("dragover", (event) => {
  const over = entryAt(event.target);
  clearDrop();
  if (!dragged || !over || over === dragged || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  over.dataset.drop = event.clientY < box.top + box.height / 2 ? "above" : "below";
});

document.addEventListener("drop", (event) => {
  const over = entryAt(event.target);
  if (!dragged || !over?.dataset.drop) return;
  event.preventDefault();
  const others = [...dragged.parentElement.children].filter((entry) => entry !== dragged);
  const place = find(".move [name=to]", dragged);
  place.value = others.indexOf(over) + (over.dataset.drop === "below" ? 1 : 0);
  place.disabled = false;
  place.form.requestSubmit();
});

// A menu that leads to another one gives way to it.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".menu [popovertarget]");
  if (!button) return;
  event.preventDefault();
  button.closest(".menu").hidePopover();
  button.popoverTargetElement.showPopover();
  find("[aria-pressed=true]", button.popoverTargetElement)?.focus();
});

document.addEventListener("htmx:load", (event) => offerDragging(event.detail.elt.parentElement ?? document));
document.addEventListener("DOMContentLoaded", () => offerDragging(document));

// Taking a row off a list: the focus goes to the row before it, and leaving the page now asks first.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove-row]");
  if (!button) return;
  const rows = button.closest(".rows");
  const buttons = findAll("[data-remove-row]", rows).filter(isShown);
  const index = buttons.indexOf(button);
  const next = buttons[index - 1] ?? buttons[index + 1] ?? find("[data-add-row]", rows);
  button.form.dataset.dirty = "";
  button.closest(".r").remove();
  next.focus();
});

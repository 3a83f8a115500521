// Keys: what they do is listed on the page of shortcuts (core/shortcuts.py).
//
// Markup asks for them with attributes: data-key="n" (what that key clicks), data-go="c" (where G and then that key leads),
// data-guard (the form that Ctrl S and Ctrl Enter save). Single keys are off while typing, in dialogs, and for those who
// turned them off (body data-shortcuts).
"use strict";

const GO_MILLISECONDS = 1500;
const WALK = "customers-walk";
let markedRow = null;
let goUntil = 0;

// Rows: J and K move the focus from name to name. The rows of the list that a customer was opened from are remembered for
// this tab, so that the same keys lead from one customer to the next.
const rows = () => findAll("#results tbody tr").filter(isShown);

function walk(step) {
  const all = rows();
  if (!all.length) return walkOn(step);
  const index = all.indexOf(all.includes(markedRow) ? markedRow : document.activeElement.closest("tr"));
  markedRow = all[Math.min(Math.max(index + step, 0), all.length - 1)];
  return find(".name", markedRow)?.focus();
}

function walkOn(step) {
  const addresses = JSON.parse(sessionStorage.getItem(WALK) ?? "[]");
  const index = addresses.indexOf(location.pathname);
  if (index >= 0 && addresses[index + step]) location.assign(addresses[index + step]);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("#results tbody a.name")) return;
  const addresses = rows().map((row) => find("a.name", row)?.pathname).filter(Boolean);
  sessionStorage.setItem(WALK, JSON.stringify(addresses));
});

// What stands in the menu of a row must not act unseen when that menu is closed.
function press(key) {
  const target = find(`[data-key="${CSS.escape(key)}"]:not(.is-of-row *)`);
  target?.click();
  return Boolean(target);
}

const keys = {
  "/": focusSearch,
  g: () => { goUntil = Date.now() + GO_MILLISECONDS; },
  j: () => walk(1),
  k: () => walk(-1),
};

function go(key) {
  const isAwaited = Date.now() < goUntil;
  goUntil = 0;
  const target = isAwaited && find(`[data-go="${CSS.escape(key)}"]`);
  if (target) target.click();
  return Boolean(target);
}

function isTyping(target) {
  return target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
}

// An open menu takes digits: those it shows, or else the first nine choices.
function choose(menu, key) {
  if (!/^[1-9]$/.test(key)) return false;
  const hints = findAll("kbd", menu);
  const choice = hints.length
    ? hints.find((hint) => hint.textContent === key)?.closest("a, button")
    : findAll("a, button", menu).filter(isShown)[Number(key) - 1];
  choice?.click();
  return Boolean(choice);
}

// Esc leaves an empty search box; in one with text the browser clears it first.
function leaveSearch(event) {
  const box = event.target.closest?.("[data-search]");
  if (event.key === "Escape" && box && !box.value) box.blur();
}

function save(event) {
  const form = event.target.closest?.("form[data-guard]") ?? find("main form[data-guard]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

function act(key) {
  const open = find(":popover-open");
  if (open) return open.matches(".menu") && choose(open, key);
  if (go(key)) return true;
  if (!keys[key]) return press(key);
  keys[key]();
  return true;
}

document.addEventListener("keydown", (event) => {
  const withCommand = event.metaKey || event.ctrlKey;
  if (withCommand && !event.altKey && (event.key.toLowerCase() === "s" || event.key === "Enter")) return save(event);
  if (withCommand || event.altKey || event.isComposing || document.body.dataset.shortcuts === "off") return undefined;
  if (isTyping(event.target)) return leaveSearch(event);
  if (find("dialog[open]")) return undefined;
  if (act(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  return undefined;
});

// What plain HTML and htmx cannot do: focus after a swap, dialogs, toasts, and errors that lose no input.
//
// Markup asks for it with attributes: data-autofocus (focus after a swap), data-search (a search box), dialog data-modal
// (opens when it lands), data-open (a menu that does), data-guard (a form that must not be left with unsaved input),
// data-errors (where the notice of a failed request goes), data-passing (a toast that goes by itself), data-dismiss
// (closes its toast), data-copy="text" (a hidden button that is shown where the browser lets a page copy). Keys are in
// keyboard.js.
"use strict";

const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const isShown = (element) => element.getClientRects().length > 0;

// Focus: a swapped part says with [data-autofocus] where the person goes on; a page may be opened at its search.
function focusIn(root) {
  const target = root.matches?.("[data-autofocus]") ? root : find("[data-autofocus]", root);
  target?.focus();
}

function focusSearch() {
  const boxes = findAll("[data-search]").filter(isShown);
  const box = boxes.find((input) => input.closest("main")) ?? boxes[0];
  box?.focus();
  box?.select();
}

// Where nothing says so and what was pressed is gone with its part of the page, the rows are next, or the whole page.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const { elt, triggeringEvent } = detail.requestConfig ?? {};
  focusIn(detail.elt);
  if (!triggeringEvent || elt.isConnected || document.activeElement !== document.body) return;
  (find("#results") ?? find("#main"))?.focus({ preventScroll: true });
});
window.addEventListener("hashchange", () => location.hash === "#search" && focusSearch());

// Dialogs: whatever lands in the page with [data-modal] opens; on close the focus goes back to what asked for it. A menu
// has closed by then, so that its button stands for it; a dialog that comes in place of another keeps what asked for that.
let asker = null;

function openDialogs(root) {
  findAll("dialog[data-modal]:not([open])", root).forEach((dialog) => {
    dialog.addEventListener("close", () => asker?.focus());
    dialog.showModal();
  });
}

document.addEventListener("htmx:beforeRequest", ({ detail: { elt, target } }) => {
  if (!target.matches("#dialog-slot") || elt.closest("dialog")) return;
  const menu = elt.closest(":popover-open");
  asker = menu ? find(`[popovertarget="${menu.id}"]`) : document.activeElement;
});

document.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt.parentElement ?? document;
  openDialogs(root);
  openMenus(root);
  offerCopies(root);
});

// Menus: one that lands with [data-open] opens at its button, or at the .prop that asked for it.
let opener = null;

function openMenus(root) {
  findAll("[popover][data-open]:not(:popover-open)", root).forEach((menu) => {
    const button = find(`[popovertarget="${menu.id}"]`);
    if (button) return button.click();
    opener?.setAttribute("aria-expanded", "true");
    return menu.showPopover();
  });
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.elt.matches(".prop")) opener = detail.elt; });
document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "closed" && target.matches(".menu.is-of-row")) opener?.removeAttribute("aria-expanded");
}, true);

// Busy: what is about to be swapped says so, and is dimmed unless the answer is quick.
document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.target.removeAttribute("aria-busy"));

// Toasts: gone after six seconds unless the person is on them; errors stay until dismissed.
function passToast(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), 6000); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

function watchToasts() {
  const region = find("#toasts");
  if (!region) return;
  findAll("[data-passing]", region).forEach(passToast);
  new MutationObserver((changes) => {
    changes.flatMap((change) => [...change.addedNodes])
      .filter((node) => node instanceof Element && node.matches("[data-passing]"))
      .forEach(passToast);
  }).observe(region, { childList: true });
}

// Errors of a request: nothing was swapped, so the input is still there; say so where it happened.
function showTrouble(name, detail) {
  const source = detail.elt;
  const form = source.closest("form[data-guard]");
  if (form) form.dataset.dirty = "";
  const notice = find(`#t-${name}`).content.firstElementChild.cloneNode(true);
  const requestId = detail.xhr?.getResponseHeader("X-Request-ID");
  if (requestId && find("[data-request]", notice)) {
    find("code", notice).textContent = requestId;
    find("[data-request]", notice).hidden = false;
  }
  const place = source.closest("[data-errors]") ?? find("[data-errors]", source) ?? find("#toasts");
  find("[data-retry]", notice).addEventListener("click", () => {
    notice.remove();
    retry(source, detail.requestConfig);
  });
  findAll(":scope > .banner[data-trouble]", place).forEach((old) => old.remove());
  notice.dataset.trouble = name;
  place.prepend(notice);
}

function retry(source, { verb, path, triggeringEvent }) {
  // The button that was pressed is what the person chose: without it the form would say something else.
  const button = triggeringEvent?.submitter;
  const values = button?.name ? { [button.name]: button.value } : {};
  htmx.ajax(verb, path, { source, event: triggeringEvent, values });
}

document.addEventListener("htmx:sendError", (event) => showTrouble("offline", event.detail));
document.addEventListener("htmx:timeout", (event) => showTrouble("timeout", event.detail));
document.addEventListener("htmx:responseError", (event) => {
  // Our own error pages come as a toast; the page of a proxy in between is left unread.
  const answer = event.detail.xhr.responseText.trim();
  if (answer.startsWith('<div class="toast')) find("#toasts").insertAdjacentHTML("beforeend", answer);
  else showTrouble("500", event.detail);
  const { elt, target, xhr, pathInfo } = event.detail;
  if (![404, 410].includes(xhr.status)) return;
  elt.closest(".toast")?.remove();
  if (target.matches(".menu.is-of-row")) takeRowAway(rowOf(pathInfo.requestPath));
  if (target.matches("#dialog-slot")) takeRowAway(asker?.closest("main li"));
});

// The row of the list that an address under that of a customer belongs to: an offer to undo may be of any of them.
function rowOf(path) {
  return findAll("#results tbody tr").find((row) => path.startsWith(find("a.name", row)?.getAttribute("href")));
}

// What is not there any more has no row, no offer to undo, and neither a menu nor a dialog over it.
function takeRowAway(row) {
  findAll(".menu:popover-open").forEach((menu) => menu.hidePopover());
  find("#dialog-slot > dialog")?.close();
  if (!row) return;
  row.remove();
  (find("#results") ?? find("#main"))?.focus();
}

// Forms: leaving a page with unsaved input asks first; saving, the only way out that keeps it, does not.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) form.dataset.dirty = "";
});
document.addEventListener("submit", (event) => delete event.target.dataset.dirty);
window.addEventListener("beforeunload", (event) => find("form[data-dirty]") && event.preventDefault());

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast, .banner")?.remove();
});

// Copying: browsers allow it on secure pages alone, so elsewhere the buttons stay hidden.
function offerCopies(root) {
  if (navigator.clipboard) findAll("[data-copy]", root).forEach((button) => { button.hidden = false; });
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const notice = document.createElement("div");
  notice.className = "toast";
  notice.dataset.passing = "";
  notice.append(`Copied ${button.dataset.copy}`);
  find("#toasts").append(notice);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

document.addEventListener("DOMContentLoaded", () => {
  openDialogs(document);
  offerCopies(document);
  watchToasts();
  focusIn(document.body);
  if (location.hash === "#search") focusSearch();
});

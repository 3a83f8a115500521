// The end of the session: told two minutes before, so that no typed input is lost, and known to all tabs alike.
//
// The page brings how long the session lasts (body data-session-seconds), answers to htmx say it again (Session-Seconds).
// The tabs share the moment through the browser's storage, so that who stays signed in in one does so in all of them.
"use strict";

const WARNING_SECONDS = 120;
const LONGEST_WAIT_SECONDS = 30; // A laptop that wakes up has a clock that has jumped.
const ENDS_AT = "session-ends-at";
let told = "";
let watching;
let cameFrom;

const secondsLeft = () => (Number(localStorage.getItem(ENDS_AT)) - Date.now()) / 1000;
const stateAt = (left) => (left > WARNING_SECONDS ? "" : left > 0 ? "ending" : "over");

function learn(seconds) {
  localStorage.setItem(ENDS_AT, Date.now() + seconds * 1000);
}

// Whether the server still knows the person of this page; the session may have been used where no such script runs.
async function ask() {
  const url = find("#t-session-ending").content.querySelector("[hx-post]").getAttribute("hx-post");
  const answer = await fetch(url, { redirect: "manual" }).catch(() => null);
  const isKnown = answer?.ok && answer.headers.get("Session-Person") === document.body.dataset.person;
  if (isKnown) goOn(answer.headers);
  return isKnown;
}

// The same person, perhaps after signing in again in another tab: the forms of this page get the token they need now.
function goOn(headers) {
  const token = headers.get("Session-Token");
  findAll("[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  learn(Number(headers.get("Session-Seconds")));
}

function tell(state, left) {
  told = state;
  const old = find("[data-session]");
  if (old?.contains(document.activeElement)) (cameFrom?.isConnected ? cameFrom : find("#main")).focus();
  old?.remove();
  if (!state) return;
  const notice = find(`#t-session-${state}`).content.firstElementChild.cloneNode(true);
  notice.dataset.session = state;
  if (state === "ending") find("[data-left]", notice).textContent = left < 90 ? "1 minute" : "2 minutes";
  notice.addEventListener("focusin", (event) => { cameFrom = event.relatedTarget ?? cameFrom; });
  find("#toasts").append(notice);
  htmx.process(notice);
}

async function watch() {
  clearTimeout(watching);
  const reckoned = stateAt(secondsLeft());
  if (reckoned !== told && (reckoned || told === "over")) {
    const isKnown = await ask();
    // Somebody else may have signed in in another tab.
    if (told === "over" && !isKnown) return;
  }
  const left = secondsLeft();
  const state = stateAt(left);
  if (state !== told) tell(state, left);
  clearTimeout(watching);
  const wait = Math.min(state ? left : left - WARNING_SECONDS, LONGEST_WAIT_SECONDS);
  if (state !== "over") watching = setTimeout(watch, Math.max(wait, 1) * 1000);
}

window.addEventListener("storage", (event) => event.key === ENDS_AT && watch());
document.addEventListener("visibilitychange", () => watching && !document.hidden && watch());
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const seconds = detail.xhr.getResponseHeader("Session-Seconds");
  if (!seconds) return;
  learn(Number(seconds));
  watch();
});
document.addEventListener("DOMContentLoaded", () => {
  if (!document.body.dataset.sessionSeconds) return;
  learn(Number(document.body.dataset.sessionSeconds));
  watch();
});

// Passkeys: their buttons ([data-passkey]) show where the browser knows passkeys, and a prompt that was closed is told.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (window.PublicKeyCredential) findAll("[data-passkey]").forEach((button) => { button.hidden = false; });
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  find("#toasts").replaceChildren(find("#t-passkey").content.cloneNode(true));
});

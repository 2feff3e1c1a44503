// Takes the secret out of the address into the form, and opens the report without losing the form
// when it is refused. Without this script the link is pasted, and the form works all the same.
"use strict";

const form = document.querySelector("form");
const button = form.querySelector("button");
const message = document.getElementById("message");
const link = form.elements.secret;

function takeSecret() {
  const secret = location.hash.slice(1);
  if (secret) {
    link.value = secret;
    link.closest("p").hidden = true;
    history.replaceState(null, "", location.pathname); // not in the history of a shared computer
  }
}

function said(status) {
  if (status === 429) return form.dataset.wait;
  return status >= 500 ? form.dataset.away : form.dataset.refused;
}

async function open(event) {
  event.preventDefault();
  button.disabled = true;
  message.textContent = "";
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect") {
      form.reset();
      location.assign(form.dataset.report);
      return;
    }
    message.textContent = said(answer.status);
  } catch {
    message.textContent = form.dataset.away;
  }
  button.disabled = false;
  form.elements.pin.focus(); // a disabled button lets go of the focus
}

takeSecret();
addEventListener("hashchange", takeSecret);
form.addEventListener("submit", open);

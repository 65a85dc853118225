// Sends `form[data-keep-words]` while its page stays open, so that what was typed outlives a lost
// line, a dead server and a session that ended. Nothing is stored: the words live in the fields.
import { hush, say } from "./alert.js";
import { startComponents } from "./components.js";
import { drawLines } from "./line.js";

const PATIENCE = 30000;
const sending = new WeakSet();
const unsaved = new Set();
const tokensToRenew = new WeakSet();

export function keepWords(page) {
  page.addEventListener("input", (event) => remember(event.target));
  page.addEventListener("change", (event) => remember(event.target));
  page.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.matches("form[data-keep-words]")) {
      event.preventDefault();
      send(event.target, event.submitter);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsavedForms().length) {
      event.preventDefault();
    }
  });
}

// What was typed on this page and not saved.
export function unsavedForms() {
  return [...unsaved].filter((form) => form.isConnected);
}

export function noLongerUnsaved(form) {
  unsaved.delete(form);
}

function remember(target) {
  const form = target.closest("form[data-keep-words]");
  if (form) {
    unsaved.add(form);
  }
}

async function send(form, submitter) {
  if (sending.has(form)) {
    return;
  }
  hush();
  sending.add(form);
  form.setAttribute("aria-busy", "true");
  try {
    if (tokensToRenew.has(form) && !(await renewToken(form))) {
      return;
    }
    await act(form, await post(form, submitter));
  } catch {
    sayUnreachable();
  } finally {
    sending.delete(form);
    form.removeAttribute("aria-busy");
  }
}

function post(form, submitter) {
  return fetch(addressOf(form, submitter), {
    method: "POST",
    body: new URLSearchParams(new FormData(form, submitter)),
    headers: { "Newel-Keep-Words": "1", Accept: "text/html" },
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

// Read from the attribute: a field of the form that is named "action" would hide the property.
function addressOf(form, submitter) {
  const wanted = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
  return new URL(wanted, window.location.href);
}

async function act(form, answer) {
  const next = answer.headers.get("Newel-Location");
  if (answer.status >= 500) {
    sayUnreachable();
  } else if (answer.status === 401 && next) {
    saySignedOut(form, next);
  } else if (next) {
    go(form, next);
  } else if (answer.redirected) {
    go(form, answer.url);
  } else {
    show(form, await answer.text(), answer.ok);
  }
}

function go(form, address) {
  const target = new URL(address, window.location.href);
  if (target.origin !== window.location.origin) {
    throw new Error("An answer led away from Newel");
  }
  unsaved.delete(form);
  const samePage = target.pathname + target.search === location.pathname + location.search;
  window.location.assign(target);
  if (samePage && target.hash) {
    window.location.reload();
  }
}

// The form with its errors, or a page that says why not. A refusal without a form keeps the words.
function show(form, html, accepted) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const main = answer.querySelector("main");
  if (!main || !(accepted || main.querySelector("form[data-keep-words]"))) {
    sayRefused(form, answer);
    return;
  }
  const wasUnsaved = unsaved.delete(form);
  const here = document.querySelector("main");
  here.replaceChildren(...[...main.childNodes].map((node) => document.importNode(node, true)));
  document.title = answer.title;
  if (wasUnsaved) {
    here.querySelectorAll("form[data-keep-words]").forEach((kept) => unsaved.add(kept));
  }
  startComponents(here);
  drawLines(here);
  window.htmx?.process(here);
  (here.querySelector(".nhsuk-error-summary") ?? here).focus();
}

function sayUnreachable() {
  say("Newel could not be reached", "Your words are still on this page. Try again.");
}

function sayRefused(form, answer) {
  const reason = answer.querySelector("h1")?.textContent.trim();
  const told = [...answer.querySelectorAll("main [data-tell]")].map((one) => one.textContent.trim());
  tokensToRenew.add(form);
  if (told.length) {
    say(reason, ...told, "Your words are still on this page. Copy them before you leave it.");
    return;
  }
  say(
    "This was not saved",
    ...(reason ? [`Newel answered: ${reason}`] : []),
    "Your words are still on this page. Try again.",
  );
}

function saySignedOut(form, signIn) {
  tokensToRenew.add(form);
  const link = document.createElement("a");
  link.href = signIn;
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = "Sign in again (opens in a new tab)";
  say(
    "You have been signed out",
    "Your words are still on this page. They have not been saved.",
    link,
    "Then come back to this tab and save again.",
  );
}

// After signing in again the form needs the new token, and must not be sent as somebody else.
async function renewToken(form) {
  const answer = await fetch(window.location.href, {
    headers: { Accept: "text/html" },
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.status >= 500) {
    sayUnreachable();
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.body.dataset.person !== document.body.dataset.person) {
    saySomeoneElse(answer, page);
    return false;
  }
  const token = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((kept) => {
      kept.value = token;
    });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }
  tokensToRenew.delete(form);
  return true;
}

function saySomeoneElse(answer, page) {
  if (page.body.dataset.person) {
    say(
      "Someone else is signed in now",
      "These words were typed by another person, so they were not saved. They are still on this page.",
      "The person who typed them has to sign in and save again.",
    );
    return;
  }
  const link = document.createElement("a");
  link.href = answer.url;
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = "Sign in again (opens in a new tab)";
  say("You are still signed out", "Your words are still on this page.", link, "Then save again.");
}

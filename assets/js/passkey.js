// Forms that ask the browser for a key: `form[data-passkey]`. They are hidden until this has run,
// because without script there is nothing to ask with; a printed code is the other way.
const UNSUPPORTED = "This browser cannot use keys.";
const REFUSED = "The key was not used. Try again when it is in the computer or on the reader.";
const SAME_KEY = "This key is already yours. Use a different one.";
const UNREACHABLE = "Newel could not be reached. Try again.";

start(document);

function start(page) {
  if (!window.PublicKeyCredential || !navigator.credentials) {
    return;
  }
  page.querySelectorAll("[data-passkey-missing]").forEach((note) => {
    (note.closest(".nhsuk-inset-text") ?? note).remove();
  });
  page.querySelectorAll("[data-passkey-way]").forEach((way) => {
    way.hidden = false;
  });
  page.querySelectorAll("form[data-passkey]").forEach(listen);
}

function listen(form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
  // The next person on a PC where keys are used: no button to press first.
  if (form.hasAttribute("data-at-once")) {
    ask(form, { asked: false });
  }
}

async function ask(form, { asked = true } = {}) {
  const button = form.querySelector("button[type=submit]");
  say(form, "");
  button.disabled = true;
  try {
    const credential = await touch(form.dataset.passkey, await options(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (problem) {
    button.disabled = false;
    // Whoever pressed nothing may be typing a username by now.
    if (asked) {
      say(form, explain(problem));
      button.focus();
    }
  }
}

async function options(form) {
  if (form.dataset.options) {
    return JSON.parse(form.dataset.options).publicKey;
  }
  const answer = await fetch(form.action, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!answer.ok) {
    throw new TypeError("no options");
  }
  return (await answer.json()).request_options.publicKey;
}

async function touch(ceremony, wanted) {
  if (ceremony === "create") {
    return made(await navigator.credentials.create({ publicKey: toMake(wanted) }));
  }
  return shown(await navigator.credentials.get({ publicKey: toShow(wanted) }));
}

function toMake(wanted) {
  return {
    ...wanted,
    challenge: bytes(wanted.challenge),
    user: { ...wanted.user, id: bytes(wanted.user.id) },
    excludeCredentials: (wanted.excludeCredentials ?? []).map(known),
    // Kept on the key where it can be, so that one touch signs in; any other key is welcome too.
    authenticatorSelection: {
      ...wanted.authenticatorSelection,
      residentKey: "preferred",
      requireResidentKey: false,
    },
  };
}

function toShow(wanted) {
  return {
    ...wanted,
    challenge: bytes(wanted.challenge),
    allowCredentials: (wanted.allowCredentials ?? []).map(known),
  };
}

const known = (credential) => ({ ...credential, id: bytes(credential.id) });

const told = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: text(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
});

const made = (credential) =>
  told(credential, {
    attestationObject: text(credential.response.attestationObject),
    transports: credential.response.getTransports?.() ?? [],
  });

const shown = (credential) =>
  told(credential, {
    authenticatorData: text(credential.response.authenticatorData),
    signature: text(credential.response.signature),
    userHandle: credential.response.userHandle ? text(credential.response.userHandle) : null,
  });

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0)).buffer;
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function explain(problem) {
  if (problem.name === "InvalidStateError") {
    return SAME_KEY;
  }
  if (problem.name === "NotSupportedError") {
    return UNSUPPORTED;
  }
  return problem instanceof TypeError ? UNREACHABLE : REFUSED;
}

function say(form, words) {
  form.querySelector("[data-passkey-problem]").textContent = words;
}

// On a shared PC nothing of the last person may come back, and nothing of theirs may be lost.
import { hush, say } from "./alert.js";
import { noLongerUnsaved, unsavedForms } from "./keep-words.js";

const PATIENCE = 10000;

// "Change person" puts by what was typed and not saved, for its writer alone, and then signs out.
export function putWordsBy(page) {
  const change = page.querySelector("form[data-change-person]");
  change?.addEventListener("submit", async (event) => {
    const forms = unsavedForms();
    if (!forms.length || change.dataset.tried) {
      return;
    }
    event.preventDefault();
    hush();
    try {
      for (const form of forms) {
        await putBy(form, change.dataset.putBy);
      }
      page.documentElement.hidden = true;
      change.submit();
    } catch {
      change.dataset.tried = "yes";
      say(
        "Your words could not be put by",
        "They are still on this page and have not been saved. Try to save them.",
        "If you press “Change person” again, they are lost.",
      );
    }
  });
}

async function putBy(form, address) {
  const words = new FormData(form);
  words.set("held_title", document.title);
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(words),
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!answer.ok) {
    throw new Error("not put by");
  }
  noLongerUnsaved(form);
}

// A tablet that is handed over in one tab is the child's in every tab. What was typed in this one
// waits for its writer; the page goes, whether that could be done or not.
export function leaveWhenHandedOver(page, view) {
  if (!view.BroadcastChannel) {
    return;
  }
  new view.BroadcastChannel("newel-handed-over").addEventListener("message", async () => {
    page.documentElement.hidden = true;
    const change = page.querySelector("form[data-change-person]");
    const forms = change ? unsavedForms() : [];
    await Promise.allSettled(forms.map((form) => putBy(form, change.dataset.putBy)));
    forms.forEach(noLongerUnsaved);
    view.location.reload();
  });
}

export function forgetOnReturn(view) {
  view.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      view.location.reload();
    }
  });
}

// htmx notes the last address, with what was searched for, and would keep it in the tab.
export function forgetLastAddress(view) {
  view.sessionStorage.removeItem("htmx-current-path-for-history");
}

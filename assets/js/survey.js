// Fills in the code of a slip that was scanned, and shows nobody the answers of who sat here before.
// Without it the code is typed, and the pages work the same.
import { readAloud } from "./read-aloud.js";

function useScannedCode() {
  const form = document.querySelector("[data-survey-code]");
  const scanned = decodeURIComponent(location.hash.slice(1));
  if (form && /^[0-9A-Za-z]{28}$/.test(scanned)) {
    history.replaceState(null, "", location.pathname); // the code stays in no history
    form.elements.code.value = scanned;
    form.requestSubmit();
  }
}

useScannedCode();
readAloud(document, window);
addEventListener("hashchange", useScannedCode); // the next slip, scanned on the page that waits

// A page of somebody who sat here before, fetched again by Back and a reload, is not shown either: it
// is not the last one of this tab. Whoever reloads the page that they are on goes on with it.
function isFetchedAgain() {
  const [how] = performance.getEntriesByType("navigation");
  const again = how?.type === "reload" || how?.type === "back_forward";
  return again && (window.navigation?.canGoForward ?? true);
}

if (location.pathname.endsWith("/answer/") && isFetchedAgain()) {
  location.replace("/survey/");
}

// A page that the browser had put by, with answers on it, is never shown again.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.replace("/survey/");
  }
});

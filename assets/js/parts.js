// A part of a page that htmx could not fetch or send says so, and leaves the page as it was.
import { say } from "./alert.js";

export function sayWhenAPartFails(page) {
  page.addEventListener("htmx:sendError", () => say("Newel could not be reached", "Try again."));
  page.addEventListener("htmx:timeout", () => say("Newel could not be reached", "Try again."));
  page.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status >= 500) {
      say("Newel could not be reached", "Try again.");
    } else {
      say("Newel did not do this", "The page may have changed since you opened it. Load it again.");
    }
  });
}

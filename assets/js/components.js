// The components of the NHS design system: in the page, and in what htmx puts into it later.
import { initAll } from "./nhsuk-frontend.js";

export function startComponents(scope) {
  initAll(scope === document ? {} : { scope });
}

document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    startComponents(event.detail.elt);
  }
});

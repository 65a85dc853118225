// The components of the NHS design system: in the page, and in what htmx puts into it later.
import { initAll } from "./nhsuk-frontend.js";

export function startComponents(scope) {
  initAll(scope === document ? {} : { scope });
  keepToAria(scope);
  // The components set it again when the page shows; this listener comes after theirs.
  addEventListener("pageshow", () => keepToAria(document), { once: true });
}

// The design system says on a radio or checkbox whether what it reveals is open. ARIA has no such
// thing there (axe: aria-allowed-attr), and the revealed field follows its choice in any case.
function keepToAria(scope) {
  for (const input of scope.querySelectorAll("input[aria-expanded]")) {
    input.removeAttribute("aria-expanded");
  }
}

// After the components' own listeners, which set it anew at every choice.
document.addEventListener("click", () => keepToAria(document));

document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    startComponents(event.detail.elt);
  }
});

// On a shared PC nothing of the last person may come back.
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

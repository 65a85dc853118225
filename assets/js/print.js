// "Print" prints the page that is open; without script it is a link to the PDF. That it was printed
// is told to Newel, from the button and from the browser's own menu alike.
export function printOnRequest(page, view) {
  const button = page.querySelector("[data-print]");
  if (!button) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    view.print();
  });
  view.addEventListener("beforeprint", () => {
    if (!button.dataset.printed) {
      return;
    }
    view.fetch(button.dataset.printed, { keepalive: true }).catch(() => {});
  });
}

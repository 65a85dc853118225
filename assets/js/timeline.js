// A mark of the picture leads to its row in the table. Without script the numbers do the same.
export function leadToRows(page) {
  const life = page.querySelector(".newel-life");
  life?.classList.add("newel-life--leads");
  life?.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-event]");
    if (mark) {
      window.location.hash = `event-${mark.dataset.event}`;
    }
  });
}

leadToRows(document);

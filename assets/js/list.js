// The table of a list: Enter goes to the next row, rows add themselves, and a file can be dropped.
// Without script the same table has rows enough and Enter looks how it is read.
export function startLists(page) {
  page.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-list] [data-line]");
    const typing = event.target.matches('input:not([type="checkbox"])');
    if (row && typing && event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      (event.ctrlKey ? save : goToNext)(row);
    }
  });
  page.addEventListener("input", (event) => {
    const row = event.target.closest("[data-list] [data-line]");
    if (row && !row.nextElementSibling && isTyped(row)) {
      row.after(nextRow(row));
    }
  });
  page.addEventListener("dragover", (event) => {
    if (event.target.closest("[data-drop-files]") && event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
    }
  });
  page.addEventListener("drop", takeFile);
}

function isTyped(row) {
  return [...row.querySelectorAll('[name^="when-"], [name^="what-"]')].some((box) => box.value);
}

function goToNext(row) {
  if (!row.nextElementSibling) {
    row.after(nextRow(row));
  }
  row.nextElementSibling.querySelector('[name^="when-"]').focus();
}

function save(row) {
  const form = row.closest("form");
  form.requestSubmit(form.querySelector('button[name="then"][value="save"]'));
}

// An empty copy of the row before, under the next number.
function nextRow(row) {
  const number = Number(row.dataset.line) + 1;
  const next = row.cloneNode(true);
  next.dataset.line = number;
  next.className = "newel-lines__row";
  next.querySelector("th").textContent = number;
  next.querySelectorAll("p, .newel-filter__kind").forEach((said) => said.remove());
  for (const part of next.querySelectorAll("[id], [name], [for], [aria-label]")) {
    for (const name of ["id", "name", "for", "aria-label"]) {
      const value = part.getAttribute(name);
      if (value) {
        part.setAttribute(name, value.replace(/\d+$/, number));
      }
    }
    part.removeAttribute("aria-describedby");
  }
  next.querySelectorAll("input:not([type=checkbox]), textarea").forEach((box) => {
    box.value = "";
    box.setAttribute("value", "");
  });
  next.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = false));
  next.querySelectorAll("select").forEach((box) => (box.selectedIndex = 0));
  next.querySelectorAll("details").forEach((more) => (more.open = false));
  row.closest("form").querySelector("[data-line-count]").value = number;
  return next;
}

function takeFile(event) {
  const form = event.target.closest?.("[data-drop-files]");
  const box = form?.querySelector("input[type=file]");
  if (box && event.dataTransfer.files.length) {
    event.preventDefault();
    box.files = event.dataTransfer.files;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    box.focus();
  }
}

startLists(document);

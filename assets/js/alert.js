// One alert at the top of the page, in plain words, with the focus moved to it.
export function say(heading, ...sentences) {
  hush();
  const box = document.createElement("div");
  box.className = "newel-alert";
  box.id = "newel-alert";
  box.tabIndex = -1;
  box.setAttribute("role", "alert");
  box.append(element("h2", heading), ...sentences.map((part) => paragraph(part)));
  document.querySelector("main").prepend(box);
  box.focus();
}

export function hush() {
  document.getElementById("newel-alert")?.remove();
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function paragraph(part) {
  if (typeof part === "string") {
    return element("p", part);
  }
  const made = document.createElement("p");
  made.append(part);
  return made;
}

// The pages of somebody who answers by their own hand. Each works without this.
import { readAloud } from "./read-aloud.js";

const BEFORE_THE_END = 10; // seconds

leaveOtherTabs(window);
openLink(document, window);
addEventListener("hashchange", () => openLink(document, window));
setTheMark(document);
readAloud(document, window);
stopInTime(document, window);
forgetOnReturn(window);

// Pages of a worker that are still open in other tabs of this browser go to the sign-in page.
function leaveOtherTabs(view) {
  if (view.BroadcastChannel) {
    new view.BroadcastChannel("newel-handed-over").postMessage("now");
  }
}

// A personal link's secret stands behind the “#”, which no server is told. It goes out of the address
// before anything else, and is sent in the body of a form.
function openLink(page, view) {
  const form = page.querySelector("form[data-open-link]");
  const secret = view.location.hash.slice(1);
  if (!form || !secret) {
    return;
  }
  view.history.replaceState(null, "", view.location.pathname);
  form.elements.link.value = secret;
  form.requestSubmit();
}

// A line to put a mark on. Until somebody does, there is no mark on it: where it stood would be an
// answer that nobody gave. The number that is sent stays hidden unless they ask for it.
function setTheMark(page) {
  const line = page.querySelector("[data-line]");
  if (!line) {
    return;
  }
  const number = line.querySelector("input[type=number]");
  const tellWhere = whereInWords(line.dataset);
  const slider = sliderFor(number, tellWhere);
  const place = line.querySelector("[data-line-slider]");
  place.append(slider);
  place.hidden = false;
  const hint = line.querySelector("[data-line-hint]");
  hint.hidden = number.value !== "";
  const shown = line.querySelector("[data-line-number]");
  shown.hidden = true;
  offerTheNumber(line.querySelector("[data-line-show]"), shown);
  const mark = () => {
    number.value = slider.value;
    tellWhere(slider, true);
    hint.hidden = true;
    page.getElementById("wrong")?.remove();
  };
  slider.addEventListener("input", mark);
  slider.addEventListener("pointerup", mark);
  slider.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      mark();
    }
  });
  number.addEventListener("input", () => {
    slider.value = number.value === "" ? middle(slider) : number.value;
    tellWhere(slider, number.value !== "");
  });
}

function sliderFor(number, tellWhere) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "newel-own-line__range";
  for (const name of ["min", "max", "step"]) {
    slider.setAttribute(name, number.getAttribute(name));
  }
  slider.setAttribute("aria-labelledby", "asked");
  slider.setAttribute("aria-describedby", number.getAttribute("aria-describedby") ?? "ends");
  slider.value = number.value === "" ? middle(slider) : number.value;
  tellWhere(slider, number.value !== "");
  return slider;
}

function middle(slider) {
  return (Number(slider.min) + Number(slider.max)) / 2;
}

// In words for a screen reader: how far along, no number of the measure.
function whereInWords({ along, noMark }) {
  return (slider, isMarked) => {
    slider.classList.toggle("newel-own-line__range--empty", !isMarked);
    const share = (slider.value - slider.min) / (slider.max - slider.min);
    const where = along.replace("{percent}", Math.round(share * 100));
    slider.setAttribute("aria-valuetext", isMarked ? where : noMark);
  };
}

function offerTheNumber(button, shown) {
  button.hidden = false;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    shown.hidden = !shown.hidden;
    button.setAttribute("aria-expanded", String(!shown.hidden));
    button.querySelector("[data-when-hidden]").hidden = !shown.hidden;
    button.querySelector("[data-when-shown]").hidden = shown.hidden;
  });
}

// A tablet that lies about closes by itself, a little before its time is over, as if they had pressed
// “Stop”: what is picked on the page is kept, and the question leaves the screen.
function stopInTime(page, view) {
  const left = Number(page.body.dataset.closesIn ?? 0);
  const stop = page.querySelector("button[value=stop], form[action$='/stop/'] button");
  if (left && stop) {
    view.setTimeout(() => stop.click(), Math.max(left - BEFORE_THE_END, 1) * 1000);
  } else if (left) {
    view.setTimeout(() => view.location.reload(), (left + 1) * 1000);
  }
}

// Back never shows what the browser had kept of a page: each is asked for anew.
function forgetOnReturn(view) {
  view.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      view.location.reload();
    }
  });
}

// A line with two ends, as a slider over its number. The number is what is sent: without script it
// is all there is, and a slider that nobody touched sends nothing.
export function drawLines(page) {
  for (const line of page.querySelectorAll("[data-newel-line]")) {
    new Line(line).start();
  }
}

class Line {
  constructor(line) {
    this.line = line;
    this.slider = line.querySelector(".newel-line__slider");
    this.range = line.querySelector(".newel-line__range");
    this.number = line.querySelector("input[type=text]");
    this.notWanted = line.querySelector("input[type=checkbox]");
  }

  start() {
    this.slider.hidden = false;
    this.follow();
    this.range.addEventListener("input", () => this.place());
    // Somebody may mean the very place where the slider stands.
    this.range.addEventListener("pointerup", () => this.place());
    this.range.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.place();
      }
    });
    this.number.addEventListener("input", () => this.typed());
    this.notWanted.addEventListener("change", () => this.declined());
  }

  place() {
    this.number.value = this.range.value;
    this.notWanted.checked = false;
    this.number.dispatchEvent(new Event("change", { bubbles: true }));
    this.follow();
  }

  typed() {
    this.notWanted.checked = false;
    this.follow();
  }

  declined() {
    if (this.notWanted.checked) {
      this.number.value = "";
    }
    this.follow();
  }

  follow() {
    const value = this.number.value.trim().replace(",", ".");
    const isOpen = value === "";
    this.line.classList.toggle("newel-line--open", isOpen);
    this.range.value = isOpen ? (Number(this.range.min) + Number(this.range.max)) / 2 : value;
    this.range.setAttribute("aria-valuetext", isOpen ? "No answer yet" : value);
  }
}

// That a page about a child was printed is told to Newel, whichever page, from the button and from
// the browser's own menu alike.
//
// The button prints only after Newel has it in its audit; where that fails, and without script, it
// is a link to the PDF or to the page for paper, which the server records before it sends it. The
// browser's own menu waits for nobody: what could not be told is kept in this tab, and told when its
// next page opens.
const KEPT = "newel-prints";
const WAITS = 5000;

export function printOnRequest(page, view) {
  const button = page.querySelector("[data-print]");
  if (button) {
    button.hidden = false;
  }
  const isTold = page.querySelector(".newel-child, [data-print-is-told]");
  const prints = isTold ? new Prints(page.body.dataset.person, view) : null;
  prints?.listen();
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    if (prints) {
      prints.askedFor(button.href);
    } else {
      view.print();
    }
  });
}

class Prints {
  constructor(person, view) {
    this.person = person;
    this.view = view;
    this.isTold = false; // what is printed next: the button told it
  }

  listen() {
    this.tellAll();
    this.view.addEventListener("online", () => this.tellAll());
    this.view.addEventListener("beforeprint", () => this.happens());
  }

  async askedFor(otherWay) {
    if (await this.tellFirst()) {
      this.view.print();
    } else {
      this.view.location.assign(otherWay);
    }
  }

  happens() {
    if (this.isTold) {
      this.isTold = false;
      return;
    }
    this.tell(this.keep());
  }

  async tellFirst() {
    const kept = this.keep();
    this.isTold = await this.tell(kept, AbortSignal.timeout(WAITS));
    if (!this.isTold) {
      this.forget(kept); // the PDF is fetched instead, and recorded as such
    }
    return this.isTold;
  }

  // Only what this person printed: the next person on this computer did not.
  tellAll() {
    this.kept()
      .filter((one) => one.person === this.person)
      .forEach((one) => this.tell(one));
  }

  keep() {
    const one = { id: randomId(), path: this.view.location.pathname, person: this.person };
    this.write([...this.kept(), one]);
    return one;
  }

  // True when it is in the audit. A refusal is in the audit too, so it is not told again.
  async tell(one, signal) {
    try {
      const asked = { keepalive: true, redirect: "error", signal };
      const answer = await this.view.fetch(`${one.path}?printed=${one.id}`, asked);
      if (answer.status < 500) {
        this.forget(one);
      }
      return answer.status === 204;
    } catch {
      return false;
    }
  }

  forget(told) {
    this.write(this.kept().filter((one) => one.id !== told.id));
  }

  kept() {
    try {
      return JSON.parse(this.view.sessionStorage.getItem(KEPT)) ?? [];
    } catch {
      return [];
    }
  }

  write(all) {
    try {
      this.view.sessionStorage.setItem(KEPT, JSON.stringify(all));
    } catch {
      // A browser that keeps nothing: it is told once, or not at all.
    }
  }
}

// Also where the page is not served over HTTPS, and randomUUID does not exist.
function randomId() {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(numbers, (one) => one.toString(16).padStart(8, "0")).join("");
}

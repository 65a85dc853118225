// By the device itself, on a press; pressed again, it stops. A voice that asks another machine would
// tell it what is read, so only the device's own are used. Where it has none for the language of
// anything that is to be read, there is no button: half of it read out would be worse than nothing.
export function readAloud(page, view) {
  const button = page.querySelector("[data-read-aloud]");
  const speech = view.speechSynthesis;
  if (!button || !speech) {
    return;
  }
  const offer = () => {
    const texts = toRead(page);
    button.hidden = !texts.length || texts.some((one) => !ownVoice(speech, one.lang));
  };
  let reading = 0; // counts up with every press: an earlier reading's end changes nothing
  const shows = (isReading) => {
    button.setAttribute("aria-pressed", String(isReading));
    button.querySelector("[data-when-quiet]").hidden = isReading;
    button.querySelector("[data-when-reading]").hidden = !isReading;
  };
  const beQuiet = () => {
    reading += 1;
    speech.cancel();
    shows(false);
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  view.addEventListener("pagehide", beQuiet);
  page.addEventListener("visibilitychange", () => page.hidden && beQuiet());
  button.addEventListener("click", () => {
    const wasReading = button.getAttribute("aria-pressed") === "true";
    beQuiet();
    if (wasReading) {
      return;
    }
    const mine = reading;
    shows(true);
    const said = toRead(page).map((one) => utterance(one, speech));
    const end = () => mine === reading && beQuiet();
    said.at(-1).addEventListener("end", end);
    for (const one of said) {
      one.addEventListener("error", end);
      speech.speak(one);
    }
  });
}

function utterance({ text, lang }, speech) {
  const said = new SpeechSynthesisUtterance(text);
  said.voice = ownVoice(speech, lang);
  said.lang = said.voice.lang;
  said.rate = 0.9;
  return said;
}

// Of the same language; of the same country, if there is one.
function ownVoice(speech, lang) {
  const wanted = lang.toLowerCase();
  const own = speech
    .getVoices()
    .filter((one) => one.localService && primary(one.lang) === primary(wanted));
  return own.find((one) => one.lang.replace("_", "-").toLowerCase() === wanted) ?? own[0] ?? null;
}

function primary(lang) {
  return lang.toLowerCase().split(/[-_]/)[0];
}

// Exactly the words that are on the screen, each with its language.
function toRead(page) {
  const parts = page.querySelectorAll(
    "[data-read] h1:not(:has([data-read-alone])), [data-read] h2, p[data-read], [data-read] p:not(:has([data-read-alone])), [data-read] li, " +
      "[data-read] .newel-choice__words, [data-read] [data-read-alone], " +
      "[data-read] dt, [data-read] dd:not(:has(a))",
  );
  return Array.from(parts)
    .filter((one) => one.getClientRects().length)
    .map((one) => ({
      text: one.textContent.replace(/\s+/g, " ").trim(),
      lang: (one.querySelector("[lang]") ?? one.closest("[lang]")).lang,
    }))
    .filter((one) => one.text);
}

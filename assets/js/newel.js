// Everything a page starts. Each part works alone, and every page works without any of it.
import { startComponents } from "./components.js";
import { keepWords } from "./keep-words.js";
import { forgetLastAddress, forgetOnReturn, putWordsBy } from "./change-person.js";
import { drawLines } from "./line.js";
import { sayWhenAPartFails } from "./parts.js";
import { printOnRequest } from "./print.js";

startComponents(document);
drawLines(document);
keepWords(document);
putWordsBy(document);
forgetOnReturn(window);
forgetLastAddress(window);
sayWhenAPartFails(document);
printOnRequest(document, window);

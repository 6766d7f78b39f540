// What is told to those who don't see the page: whatever is new, in plain words, for long enough to be read out.

import { el } from "./dom.js";

const SECONDS = 15;
const SILENT = ".mark, .buttons, .feedback, .payload, header, [hidden], [aria-hidden=true], .unseen";

/** The lines that `node` says: its text and what its pictures show, without marks and buttons. */
export function linesOf(node) {
  const said = [""];
  const walk = (inside) => {
    if (inside.nodeType === Node.TEXT_NODE) said[said.length - 1] += inside.data;
    if (inside.nodeType !== Node.ELEMENT_NODE || inside.matches(SILENT)) return;
    const instead = inside.localName === "img" ? inside.alt : inside.getAttribute("role") === "img" && inside.getAttribute("aria-label");
    const whole = !["a", "b", "code", "em", "i", "s", "span", "strong", "u"].includes(inside.localName);
    if (whole) said.push("");
    if (instead) said.push(instead);
    else inside.childNodes.forEach(walk);
    if (whole) said.push("");
  };
  walk(node);
  return said.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
}

/** Have `words` read out; they stay for some seconds. */
export function tell(words) {
  const line = el("p", {}, words);
  document.getElementById("announcer").append(line);
  setTimeout(() => line.remove(), SECONDS * 1000);
}

/** Nothing said before matters any more. */
export function hush() {
  document.getElementById("announcer").replaceChildren();
}

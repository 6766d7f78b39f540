// The exact payload of a message, behind a disclosure.

import { el } from "./dom.js";

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function coloured(json) {
  const out = [];
  let from = 0;
  for (const found of json.matchAll(TOKENS)) {
    out.push(json.slice(from, found.index));
    const kind = found[2] ? "name" : found[1] ? "string" : "value";
    out.push(el("span", { class: `json-${kind}` }, found[1] || found[0]), found[2] || "");
    from = found.index + found[0].length;
  }
  return [...out, json.slice(from)];
}

/** A disclosure that shows `payload` when it is opened. */
export function disclosure(payload, open = false) {
  const pre = el("pre", { tabindex: "0", role: "group", "aria-label": "Payload as JSON" });
  const details = el("details", { class: "payload" }, el("summary", {}, "Payload"), pre);
  details.addEventListener("toggle", () => {
    if (details.open && !pre.hasChildNodes()) pre.append(...coloured(JSON.stringify(payload, null, 2)));
  });
  details.open = open;
  return details;
}

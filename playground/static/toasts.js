// Short notices in a corner: what a platform shows the presser at once, and what went wrong.

import { el } from "./dom.js";

const SECONDS = 8;
const KEPT = 4;

/**
 * Show `words`, in the place of an older notice that says the same. A `kind` of "trouble" stays until it is
 * closed; one of "time" goes when time moves on.
 */
export function toast(words, kind = "note") {
  const place = document.getElementById("toasts");
  for (const one of [...place.children]) {
    if (one.firstChild.textContent === words || (kind === "time" && one.matches(".time"))) one.remove();
  }
  const notice = el("div", { class: `toast ${kind}` }, el("span", {}, words));
  const close = { type: "button", class: "close", "aria-label": "Close notice", onclick: () => notice.remove() };
  notice.append(el("button", close, "×"));
  place.append(notice);
  while (place.children.length > KEPT) place.firstChild.remove();
  if (kind !== "trouble") setTimeout(() => notice.remove(), SECONDS * 1000);
}

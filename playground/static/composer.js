// A box to type a message in: Enter sends, Shift+Enter begins a new line.

import { el } from "./dom.js";

export const MENTION = "@Sharewise ";

/**
 * A composer. `send(text)` returns a promise; where it fails, what was typed comes back.
 * `mentions` adds a button that puts the bot's name in; `starts` is what the box holds at first, unless something is
 * left in `kept` (of drafts.js); `shortcuts` are the app's, for `choose(shortcut)`.
 */
export function composer({ id, label, hint, send, kept, mentions = false, starts = "", shortcuts = [], choose }) {
  const box = el("textarea", {
    id, rows: "1", "aria-label": label, placeholder: label, "aria-describedby": hint ? `${id}-hint` : null,
    autocomplete: "off", enterkeyhint: "send",
  });
  box.value = kept.read() ?? starts;
  const write = (words) => {
    box.value = words;
    kept.keep(words === starts ? "" : words);
  };
  box.addEventListener("input", () => write(box.value));
  const button = el("button", { class: "send", "aria-label": "Send" }, "Send");

  async function submit(event) {
    event?.preventDefault();
    const words = box.value;
    if (!words.trim()) return box.focus();
    write(starts);
    try {
      await send(words);
    } catch {
      if (box.value === starts) write(words);
    }
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  const mention = () => {
    if (!box.value.includes(MENTION.trim())) write(MENTION + box.value.trimStart());
    box.focus();
  };
  return el("form", { class: "composer", onsubmit: submit },
    el("div", { class: "entry" }, box, button),
    el("div", { class: "below" },
      mentions && el("button", { type: "button", class: "chip", onclick: mention, "aria-label": "Mention Sharewise" },
        MENTION.trim()),
      shortcuts.map((each) => el("button", { type: "button", class: "chip", onclick: () => choose(each),
        "aria-label": `${each.name} (shortcut)` }, el("span", { "aria-hidden": "true" }, each.platforms.includes("teams") ? "+ " : "⚡ "), each.name)),
      hint && el("p", { id: `${id}-hint`, class: "hint" }, hint)));
}

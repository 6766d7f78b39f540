// Slack's agent pane: first words to press, what the app says that it is doing, and what the chat is called.

import { el } from "./dom.js";

/** `open(fresh)` opens the pane, `look()` gives what stands in it, `say(text, thread)` says one of its prompts. */
export class Pane {
  constructor({ open, look, say }) {
    Object.assign(this, { open, look, say });
    this.holder = document.getElementById("pane");
    this.status = document.getElementById("pane-status");
  }

  /** Only a direct chat in Slack has one. */
  enter(place) {
    this.there = place.platform === "slack" && place.kind === "direct";
    this.shown = "";
    this.holder.hidden = true;
    this.holder.replaceChildren();
    this.status.textContent = "";
    if (this.there) this.open(false).catch(() => {});
  }

  async refresh() {
    if (!this.there) return;
    const { pane } = await this.look().catch(() => ({}));
    const drawn = JSON.stringify(pane ?? null);
    if (!pane || !this.there || drawn === this.shown) return;
    this.shown = drawn;
    const doing = Object.values(pane.status).at(-1);
    this.status.textContent = doing ? `Sharewise ${doing}` : "";
    const focused = this.holder.contains(document.activeElement) ? document.activeElement.textContent : "";
    const name = Object.values(pane.titles).at(-1);
    this.holder.replaceChildren(
      el("p", { class: "pane-title" }, pane.title || "Sharewise", name && el("span", { class: "quietly" }, ` · ${name}`)),
      el("div", { class: "starters" },
        pane.prompts.map((prompt) => el("button", { type: "button", onclick: () => this.press(prompt, pane.thread) },
          prompt.title)),
        el("button", { type: "button", class: "chip", onclick: () => this.open(true).catch(() => {}) }, "New chat")));
    this.holder.hidden = false;
    if (focused) [...this.holder.querySelectorAll("button")].find((one) => one.textContent === focused)?.focus();
  }

  press({ message }, thread) {
    this.say(message, thread).catch(() => {});
  }
}

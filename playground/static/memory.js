// What the stand-ins keep for the next start, told in the side, with the button that clears it.

import { post } from "./api.js";
import { el } from "./dom.js";
import { toast } from "./toasts.js";

export class Memory {
  /** `file` is where it is kept, null where nothing is; `cleared()` is called after it was cleared. */
  constructor(file, cleared) {
    if (!file) return;
    this.cleared = cleared;
    this.button = el("button", { type: "button", "aria-describedby": "memory-scope", onclick: () => this.clear() },
      "Clear the playground's memory");
    const holder = document.getElementById("memory");
    holder.append(
      el("p", {}, "What Slack and Teams remember is in ", el("code", {}, file),
        ". “Forget me” and retention don't reach it."),
      el("div", { class: "steps" }, this.button),
      el("p", { id: "memory-scope" }, "Clears all messages, homes and files here; leaves the time and what Sharewise itself remembers."));
    holder.hidden = false;
  }

  async clear() {
    if (this.busy) return;
    this.busy = true;
    try {
      await post("clear", {});
      this.cleared();
      toast("Cleared: all messages, homes and files here. What Sharewise itself remembers stays: type “my data” to see yours, “forget me” to erase it.");
    } catch (trouble) {
      toast(trouble.message, "trouble");
    }
    this.busy = false;
  }
}

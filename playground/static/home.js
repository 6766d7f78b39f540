// The app's home in Slack, on a tab beside the messages.

import { el } from "./dom.js";
import { focusIn } from "./focus.js";
import { safely } from "./message.js";
import { drawBlocks } from "./slack.js";
import { disclosure } from "./payload.js";
import { rove, stop } from "./tabs.js";
import { toast } from "./toasts.js";

/** `open()` opens the home and `look()` looks at what stands there, both give its blocks; `press(element)` presses. */
export class Home {
  constructor({ open, look, press }) {
    this.open = open;
    this.look = look;
    this.world = { names: {}, reaction: null, press };
    this.list = document.getElementById("tabs");
    this.tabs = ["messages", "home"].map((name) => document.getElementById(`tab-${name}`));
    this.panels = ["messages", "home"].map((name) => document.getElementById(`panel-${name}`));
    this.holder = document.getElementById("home");
    this.tabs.forEach((tab, at) => tab.addEventListener("click", () => this.choose(at)));
    rove(this.list, () => this.tabs);
  }

  /** Only a direct chat in Slack has a home. */
  enter(place) {
    this.list.hidden = !(place.platform === "slack" && place.kind === "direct");
    this.select(0);
  }

  choose(at) {
    this.select(at);
    if (at === 1) this.draw();
  }

  /** Show the messages (0) or the home (1). */
  select(at) {
    this.tabs.forEach((tab, each) => tab.setAttribute("aria-selected", String(each === at)));
    this.panels.forEach((panel, each) => {
      panel.hidden = each !== at;
    });
    stop(this.tabs, this.tabs[at]);
    if (at === 0) this.tabs[0].classList.remove("news");
  }

  async draw() {
    this.drawn = "";
    this.holder.replaceChildren(el("p", { class: "quietly" }, "Opening…"));
    let blocks;
    try {
      ({ blocks } = await this.open());
    } catch (trouble) {
      this.holder.replaceChildren(el("p", { class: "quietly" }, "The home could not be opened."));
      toast(trouble.message, "trouble");
      return;
    }
    this.show(blocks);
  }

  /** The app may have drawn it anew. */
  async refresh() {
    if (this.panels[1].hidden || !this.drawn) return;
    const { blocks } = await this.look().catch(() => ({}));
    if (blocks && !this.panels[1].hidden && JSON.stringify(blocks) !== this.drawn) this.show(blocks);
  }

  /** Draw `blocks`; focus and scrolling stay where they were, as far as there is such a place. */
  show(blocks) {
    const focus = focusIn(this.holder);
    const { scrollTop } = this.holder;
    const empty = el("p", { class: "quietly" }, "Sharewise has put nothing here yet.");
    const body = el("div", { class: "body" }, blocks.length ? safely(() => drawBlocks(blocks, this.world)) : empty);
    const content = el("div", { class: "content" }, body, disclosure(blocks));
    this.holder.replaceChildren(el("article", { class: "message bot view" }, content));
    this.drawn = JSON.stringify(blocks);
    this.holder.scrollTop = scrollTop;
    focus?.(this.holder);
  }

  /** Messages came in while the home was shown. */
  news(any) {
    if (any && !this.panels[1].hidden) this.tabs[0].classList.add("news");
  }
}

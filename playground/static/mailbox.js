// The way to the mailbox of those who are written to by mail, in the side, with how many mails have come.

import { get } from "./api.js";
import { el } from "./dom.js";

export class Mailbox {
  /** `there`: whether mails come to this playground at all. */
  constructor(there) {
    this.there = there;
    if (!there) return;
    this.holder = document.getElementById("mailbox");
    this.count = el("span", { class: "mails" });
    this.holder.append(el("a", { href: "/playground/mailbox", target: "mailbox", rel: "noopener" },
      "Mailbox", this.count, el("span", { class: "unseen" }, " (opens a tab)")));
    this.holder.hidden = false;
    this.refresh();
  }

  /** Tell how many have come by now. */
  async refresh() {
    if (!this.there) return;
    const { count } = await get("mails").catch(() => ({ count: 0 })); // that the server is away is said elsewhere
    this.count.textContent = count === 1 ? ": 1 mail" : `: ${count} mails`;
  }
}

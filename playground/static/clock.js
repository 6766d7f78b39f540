// The playground's time in the side, with buttons that move it forward.

import { get, post } from "./api.js";
import { dayOf } from "./days.js";
import { el } from "./dom.js";
import { toast } from "./toasts.js";

const STEPS = [[1, "+1 day"], [7, "+1 week"], [30, "+1 month"]];
const EVERY = 15000;
const words = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});

export class Clock {
  /** `moved()` is called once it is another day, whoever moved time. Where there is no clock, nothing is shown. */
  constructor(moved) {
    this.moved = moved;
    this.holder = document.getElementById("clock");
    this.time = el("time", {});
    this.buttons = STEPS.map(([days, label]) =>
      el("button", { type: "button", onclick: () => this.forward(days) }, label));
    this.holder.append(el("p", {}, this.time), el("div", { class: "steps", role: "group", "aria-label": "Move time forward" }, this.buttons));
    this.look();
    setInterval(() => !this.holder.hidden && this.look(), EVERY);
  }

  async look() {
    const answer = await get("clock").catch(() => null); // that the server is away, the page says
    if (answer) this.show(answer.now);
  }

  show(now) {
    this.holder.hidden = !now;
    if (!now) return;
    const before = this.day;
    this.day = dayOf(new Date(now));
    this.time.dateTime = now;
    this.time.textContent = words.format(new Date(now));
    if (before && before !== this.day) this.moved();
  }

  async forward(days) {
    if (this.busy) return;
    this.wait(true);
    try {
      const { now, fell, sent, answers } = await post("clock", { days });
      this.show(now);
      toast(`It is now ${this.time.textContent}. ${happened(fell, sent, answers)}`, "time");
    } catch (trouble) {
      toast(trouble.message, "trouble");
    }
    this.wait(false);
  }

  wait(busy) {
    this.busy = busy;
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(busy));
  }
}

/** What the days brought: what fell due, messages of the bot, and answers of the colleagues. */
function happened(fell, sent, answers) {
  if (sent === 0) return fell ? "What fell due needed no new message." : "Nothing fell due.";
  const messages = `Sharewise sent ${sent === 1 ? "1 message" : `${sent} messages`}`;
  return answers ? `${messages}; colleagues dealt with ${answers}.` : `${messages}.`;
}

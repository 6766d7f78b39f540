// When a message was said, as people read it, seen from what it is now in the playground.

import { el } from "./dom.js";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const long = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const whole = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** The day of `at`, a Date: the same text for the same day. */
export function dayOf(at) {
  return at.toDateString();
}

/** The time of `at`, with its date where that isn't today's. */
export function timeOf(at, now) {
  return dayOf(at) === dayOf(now) ? clock.format(at) : `${short.format(at)}, ${clock.format(at)}`;
}

/** The line above the first message of a day. */
export function divider(at, now) {
  const words = dayOf(at) === dayOf(now) ? "Today" : (at.getFullYear() === now.getFullYear() ? long : whole).format(at);
  return el("p", { class: "day" }, el("span", {}, words));
}

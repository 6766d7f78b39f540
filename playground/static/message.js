// One message: who, when, for whom; what it says, drawn as its platform does; and its payload.

import { timeOf } from "./days.js";
import { el, icon, lines, undrawable } from "./dom.js";
import { mention } from "./mrkdwn.js";
import { disclosure } from "./payload.js";
import { drawSlack } from "./slack.js";
import { drawTeams } from "./teams.js";

const DRAW = { slack: drawSlack, teams: drawTeams };
const EYE = "M2 12s3.6-6 10-6 10 6 10 6-3.6 6-10 6-10-6-10-6Zm10 2.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2Z";

/** An article for `one`. `setting` has place, person, people, now, press(element), open (its payload), and
 * the `shortcuts` of its menu, for choose(shortcut). */
export function message(one, { place, person, people, now, press, open, shortcuts = [], choose }) {
  const bot = one.author === "bot";
  const name = bot ? "Sharewise" : people.find((each) => each.key === one.author)?.name || one.author;
  const at = new Date(one.at * 1000);
  const when = timeOf(at, now);
  const world = { names: namesOf(people), reaction: one.reaction, press };
  const own = one.author === person.key ? "mine" : "";
  const words = bot || one.payload.attachments?.length
    ? safely(() => DRAW[place.platform](one.payload, world))
    : el("div", { class: "bubble" }, said(one.text));
  return el("article", { class: `message ${bot ? "bot" : own}`, tabindex: "-1", "aria-label": `${name}, ${when}` },
    avatar(one.author, people),
    el("div", { class: "content" },
      el("header", {}, el("strong", {}, name), bot && el("span", { class: "badge" }, "App"),
        el("time", { datetime: at.toISOString() }, when),
        one.edited && el("span", { class: "edited" }, "edited"),
        shortcuts.map((each) => el("button", { type: "button", class: "shortcut", title: each.name,
          "aria-label": each.name, onclick: () => choose(each) }, "⚡"))),
      // In a chat of one's own everything is private; among others it is worth saying.
      one.only_for && place.kind !== "direct" && el("p", { class: "private" }, icon(EYE), "Only you see this"),
      el("div", { class: "body" }, words),
      disclosure(one.payload, open)));
}

/** A round or square picture of an author. */
export function avatar(author, people) {
  if (author === "bot") return el("img", { class: "avatar", src: "/playground/static/icon.svg", alt: "" });
  const at = people.findIndex((each) => each.key === author);
  const initials = (people[at]?.name || "?").split(" ").slice(0, 2).map((word) => word[0]).join("");
  return el("span", { class: `avatar tint${Math.max(0, at) % 3}`, "aria-hidden": "true" }, initials);
}

/** What mentions are called, by ids in Slack. */
export function namesOf(people) {
  return Object.fromEntries(people.map((each) => [each.slack_id, each.name]));
}

/** A person's own words: text and nothing else, with the bot's name made visible. */
function said(text) {
  return text.split(/(@Sharewise\b)/i).map((part, at) => (at % 2 ? mention(part) : lines(part)));
}

/** What `draw` gives; a payload that breaks the rules must not take the page with it. */
export function safely(draw) {
  try {
    return draw();
  } catch {
    return undrawable("this message, whose payload breaks the platform's rules");
  }
}

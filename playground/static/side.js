// The side of the page: choosing who one is and where.

import { el } from "./dom.js";
import { avatar } from "./message.js";
import { rove, stop } from "./tabs.js";

const PLATFORMS = { slack: "Slack", teams: "Teams" };
const GLYPHS = { direct: "@", channel: "#", group: "⁂" };
const NARROW = matchMedia("(max-width: 760px)");

/** Draws the people and places of `stage`; calls `choose(person, place)`. */
export class Side {
  constructor(stage, choose) {
    this.stage = stage;
    this.choose = choose;
    this.holder = document.getElementById("side");
    this.opener = document.getElementById("switch");
    this.drawPeople();
    this.drawPlaces();
    this.opener.addEventListener("click", () => this.open(this.opener.getAttribute("aria-expanded") !== "true"));
    const close = () => this.holder.classList.contains("open") && this.open(false);
    document.addEventListener("keydown", (event) => event.key === "Escape" && close());
    document.querySelector("main").addEventListener("click", (event) => {
      if (!this.opener.contains(event.target)) close();
    });
  }

  drawPeople() {
    this.people = this.stage.people.map((person) => {
      const change = () => this.choose(person, this.place);
      const radio = el("input", { type: "radio", name: "person", value: person.key, onchange: change });
      document.getElementById("people").append(
        el("label", { class: "choice" }, radio, avatar(person.key, this.stage.people),
          el("span", { class: "who" },
            el("span", { class: "name" }, person.name), el("span", { class: "from" }, person.organisation))));
      return radio;
    });
  }

  drawPlaces() {
    const nav = document.getElementById("places");
    this.buttons = this.stage.places.map((place) =>
      el("button", { type: "button", "data-place": place.key, onclick: () => this.pick(place) },
        el("span", { class: "glyph", "aria-hidden": "true" }, GLYPHS[place.kind]),
        place.name.replace(/^#/, ""),
        el("span", { class: "dot", hidden: true }, el("span", { class: "unseen" }, "new messages"))));
    for (const [platform, name] of Object.entries(PLATFORMS)) {
      const inside = this.buttons.filter((_, at) => this.stage.places[at].platform === platform);
      nav.append(el("h2", { id: `in-${platform}`, class: platform }, name),
        el("ul", { "aria-labelledby": `in-${platform}` }, inside.map((button) => el("li", {}, button))));
    }
    rove(nav, () => this.buttons);
  }

  pick(place) {
    this.choose(this.person, place);
    if (NARROW.matches) this.open(false);
  }

  /** Show that `person` is in `place`. */
  show(person, place) {
    this.person = person;
    this.place = place;
    for (const radio of this.people) radio.checked = radio.value === person.key;
    for (const button of this.buttons) {
      const current = button.dataset.place === place.key;
      button.setAttribute("aria-current", current ? "page" : "false");
      if (current) stop(this.buttons, button);
    }
  }

  /** Mark whether there is news in the place with this key; where the side is closed, its button tells of any. */
  mark(key, any) {
    const button = this.buttons.find((one) => one.dataset.place === key);
    if (button) button.querySelector(".dot").hidden = !any;
    const nothing = this.buttons.every((one) => one.querySelector(".dot").hidden);
    document.getElementById("switch-dot").hidden = nothing;
  }

  /** On a narrow screen, open or close the side; focus goes along. */
  open(wanted) {
    this.holder.classList.toggle("open", wanted);
    this.opener.setAttribute("aria-expanded", String(wanted));
    for (const panel of document.querySelectorAll(".panel, .tabs")) panel.inert = wanted;
    if (wanted) this.people.find((radio) => radio.checked)?.focus();
    else this.opener.focus();
  }
}

// The form that is open over the page: a Slack modal, or a Teams dialog.

import { el } from "./dom.js";
import { Fields } from "./fields.js";
import { safely } from "./message.js";
import { drawBlocks } from "./slack.js";
import { drawCard } from "./teams.js";

/** `act` asks the server: look(), submit(values), press(element), close(); the first three give what is open then.
 * `act.kept(json)` is where what is filled in in that form is kept (see drafts.js). */
export class Modal {
  /** `world` is what drawing needs beside the fields; `back()` returns focus to what opened the form. */
  constructor(act, world, back) {
    this.act = act;
    this.world = world;
    this.back = back;
    this.holder = document.getElementById("modal");
    this.holder.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.acts = 0; // how often something was done, after which what was asked before is out of date
    this.closing = null;
    this.forget();
  }

  forget() {
    this.json = "";
    this.told = "{}"; // the errors that the server told last
    this.fields = new Fields();
    this.busy = false;
  }

  /** Ask what is open, and show it. */
  async look() {
    await this.closing;
    const acts = this.acts;
    const answer = await this.act.look().catch(() => null); // that the server is away, the page says
    if (answer && !this.busy && acts === this.acts) this.show(answer.modal);
  }

  /** Show `modal`, or nothing. What has been filled in stays, as long as its field does. */
  show(modal) {
    if (!modal) return this.end();
    const { errors = {}, ...view } = modal;
    const json = JSON.stringify([view.type, view.title, view.blocks, view.submit, view.close, view.card]);
    if (json !== this.json) this.draw(view, json);
    if (JSON.stringify(errors) !== this.told) this.complain(errors); // and not at each live event
    this.told = JSON.stringify(errors);
  }

  draw(view, json) {
    const before = this.fields;
    this.json = json;
    this.told = "{}";
    this.fields = new Fields();
    const world = { ...this.world, fields: this.fields, press: (element) => this.send(() => this.act.press(element)) };
    this.alert = el("p", { class: "alert", role: "alert" });
    this.form = view.card ? this.dialog(view, world) : this.view(view, world);
    this.kept = this.act.kept(json);
    this.fields.fill(this.kept.read());
    this.fields.inherit(before);
    this.holder.replaceChildren(this.form);
    if (!this.holder.open) this.holder.showModal();
    const first = matchMedia("(pointer: fine)").matches && this.fields.all[0]?.control.targets[0];
    (first || this.holder.querySelector("h2")).focus();
    this.holder.querySelector(".inside").scrollTop = 0;
    // A Teams app says what is wrong in words of its card, below the input.
    const wrong = this.holder.querySelector(".color-attention");
    if (wrong) this.fields.near(wrong);
  }

  /** A Slack modal: title, blocks, and its buttons below. */
  view(view, world) {
    const close = el("button", { type: "button", class: "button", onclick: () => this.leave() }, view.close?.text || "Cancel");
    const submit = view.submit && el("button", { class: "button primary" }, view.submit.text);
    return this.frame(view.title.text, safely(() => drawBlocks(view.blocks, world)),
      el("footer", { class: "buttons" }, close, submit));
  }

  /** A Teams dialog: title and card; its buttons are the card's own. */
  dialog(view, world) {
    const submit = () => this.submit();
    return this.frame(view.title, safely(() => drawCard(view.card, { ...world, submit })));
  }

  frame(title, inside, footer) {
    return el("form", { novalidate: true, onsubmit: (event) => this.submit(event),
      oninput: () => this.kept.keep(this.fields.values()) },
      el("header", {},
        el("h2", { id: "modal-title", tabindex: "-1" }, title),
        el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.leave() }, "×")),
      el("div", { class: "inside body" }, inside),
      this.alert, footer);
  }

  submit(event) {
    event?.preventDefault();
    const missing = this.fields.missing();
    this.complain(missing);
    this.told = "{}";
    if (!Object.keys(missing).length) this.send(() => this.act.submit(this.fields.values()));
  }

  /** Do `work` and show what is open after it; what went wrong is said in the form, which stays. */
  async send(work) {
    if (this.busy) return;
    this.wait(true);
    try {
      const { modal } = await work();
      this.wait(false);
      if (!modal?.errors || !Object.keys(modal.errors).length) this.kept.keep("");
      this.show(modal);
    } catch (trouble) {
      this.wait(false);
      this.alert.textContent = trouble.message;
    }
  }

  wait(busy) {
    this.busy = busy;
    this.acts += 1;
    this.form.setAttribute("aria-busy", String(busy));
  }

  complain(errors) {
    this.alert.textContent = this.fields.complain(errors).join(" ");
  }

  leave() {
    this.acts += 1;
    this.kept.keep("");
    this.closing = this.act.close().catch(() => {});
    this.end();
  }

  end() {
    if (!this.holder.open) return;
    this.holder.close();
    this.holder.replaceChildren();
    this.forget();
    this.back();
  }
}

// The fields of an open form: each a control with its label, its hint and what is wrong with it.

import { el } from "./dom.js";

let drawn = 0;

/** The fields of one form, in order. */
export class Fields {
  constructor() {
    this.all = [];
  }

  /** Draw a field around `control` (see controls.js) and keep it; `required` says what to tell where it is empty. */
  field({ id, label, hint, optional = false, required = "Please complete this required field." }, control) {
    const name = `field-${++drawn}`;
    const error = el("p", { id: `${name}-error`, class: "error" });
    const help = hint && el("p", { id: `${name}-hint`, class: "about" }, hint);
    const title = [label, optional && el("span", { class: "optional" }, " (optional)")];
    const inside = [control.node, help, error];
    const node = control.group
      ? el("fieldset", { class: "field" }, label && el("legend", {}, title), inside)
      : el("div", { class: "field" }, label && el("label", { for: name }, title), inside);
    const bearer = control.group ? node : control.targets[0];
    if (!control.group) {
      bearer.id = name;
      if (!optional) bearer.setAttribute("aria-required", "true");
    }
    bearer.setAttribute("aria-describedby", help ? `${name}-hint ${name}-error` : `${name}-error`);
    this.all.push({ id, label, optional, required, control, bearer, error });
    return node;
  }

  /** What has been filled in, by the fields' ids. */
  values() {
    return Object.fromEntries(this.all.map(({ id, control }) => [id, control.read()]));
  }

  /** Take over what was filled in in `before`, for the fields that are the same there. */
  inherit(before) {
    for (const { id, label, control } of this.all) {
      const same = before.all.find((one) => one.id === id && one.label === label);
      if (same) control.write(same.control.read());
    }
  }

  /** Fill in `values` by the fields' ids. */
  fill(values) {
    for (const { id, control } of this.all) if (id in values) control.write(values[id]);
  }

  /** What the platform itself says before it sends anything: which required fields are empty. */
  missing() {
    const empty = this.all.filter(({ optional, control }) => !optional && !String(control.read()).trim());
    return Object.fromEntries(empty.map(({ id, required }) => [id, required]));
  }

  /** Go to the field above `node`, and let it be told with it. */
  near(node) {
    const above = this.all.findLast(({ bearer }) => bearer.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    node.id = "modal-wrong";
    above?.bearer.setAttribute("aria-describedby", `${above.bearer.getAttribute("aria-describedby")} ${node.id}`);
    above?.control.targets[0]?.focus();
    node.scrollIntoView({ block: "nearest" });
  }

  /** Show `errors` (a sentence by id) and go to the first; returns those that belong to no field. */
  complain(errors) {
    for (const { id, bearer, error } of this.all) {
      error.textContent = id in errors ? errors[id] || "Please look at this again." : "";
      if (id in errors) bearer.setAttribute("aria-invalid", "true");
      else bearer.removeAttribute("aria-invalid");
    }
    const first = this.all.find(({ id }) => id in errors);
    if (first) {
      first.control.targets[0]?.focus();
      first.error.scrollIntoView({ block: "nearest" });
    }
    return Object.entries(errors).filter(([id]) => !this.all.some((one) => one.id === id)).map(([, words]) => words);
  }
}

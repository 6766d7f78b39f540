// What one answers with in a form, on either platform. Each control gives its `node`, the `targets` that
// take focus, whether it is a `group` of several, and how its value is read and written.

import { el } from "./dom.js";

/** A box for words, of one line or several. */
export function textBox({ value = "", lines = false, longest = null, placeholder = null, type = "text" }) {
  const attributes = { placeholder, maxlength: longest, autocomplete: "off", class: "text" };
  const box = lines ? el("textarea", { ...attributes, rows: "3" }) : el("input", { ...attributes, type });
  box.value = value;
  return {
    node: box,
    targets: [box],
    read: () => box.value,
    write: (words) => {
      box.value = words;
    },
  };
}

/** A list that opens. An `option` has value and label, here and below. */
export function dropDown({ options, chosen = "", placeholder = "Choose one" }) {
  const box = el("select", { class: "text" }, [{ value: "", label: placeholder }, ...options].map(({ value, label }) =>
    el("option", { value }, label)));
  const write = (value) => {
    box.value = options.some((one) => one.value === value) ? value : "";
  };
  write(chosen);
  return { node: box, targets: [box], read: () => box.value, write };
}

const FEW = 7;
let groups = 0;

/** All options at once: one of them, or with `many` several, to be ticked. Reads as a value or a list of them. */
export function ticks({ options, chosen = [], many = false }) {
  const name = `group-${++groups}`;
  const boxes = options.map(({ value }) => el("input", { type: many ? "checkbox" : "radio", name, value }));
  const rows = options.map(({ label, about }, at) =>
    el("label", { class: "tick" }, boxes[at], el("span", {}, label, about && el("span", { class: "about" }, about))));
  const write = (values) => boxes.forEach((box) => {
    box.checked = [values].flat().includes(box.value);
  });
  write(chosen);
  return {
    node: el("div", { class: "ticks" }, rows),
    targets: boxes,
    group: true,
    rows,
    read: () => {
      const values = boxes.filter((box) => box.checked).map((box) => box.value);
      return many ? values : values[0] || "";
    },
    write,
  };
}

/** Several out of many: the same ticks, with a box that narrows them down and a count of those chosen. */
export function picker({ options, chosen = [], what = "options" }) {
  const inside = ticks({ options, chosen, many: true });
  const find = el("input", { type: "search", class: "text", placeholder: "Find", "aria-label": `Find ${what}`, autocomplete: "off" });
  const count = el("span", { class: "chosen", role: "status" });
  const tell = () => {
    const names = options.filter((one) => inside.read().includes(one.value)).map((one) => one.label);
    count.textContent = names.length ? `Chosen: ${names.join(", ")}` : "None chosen yet";
  };
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    inside.rows.forEach((row, at) => {
      row.hidden = !`${options[at].label} ${options[at].about || ""}`.toLowerCase().includes(words);
    });
  });
  find.hidden = options.length <= FEW;
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  inside.node.addEventListener("change", tell);
  inside.node.classList.add("scrolling");
  tell();
  return {
    ...inside,
    node: el("div", { class: "picker" }, find, inside.node, count),
    targets: find.hidden ? inside.targets : [find, ...inside.targets],
    write: (values) => {
      inside.write(values);
      tell();
    },
  };
}

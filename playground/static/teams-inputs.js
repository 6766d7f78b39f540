// The inputs of Adaptive Cards. `world` has fields (see fields.js) and people. Several values are one string.

import { dropDown, picker, textBox, ticks } from "./controls.js";
import { Fields } from "./fields.js";

const PEOPLE = "graph.microsoft.com/users";

export const INPUTS = {
  "Input.Text": (input, world) => draw(input, world, textBox({
    value: input.value, lines: input.isMultiline, longest: input.maxLength, placeholder: input.placeholder,
  })),
  "Input.ChoiceSet": (input, world) => draw(input, world, choices(input, world)),
};

function draw(input, world, control) {
  const required = input.errorMessage || "This is required.";
  const about = { id: input.id, label: input.label, optional: !input.isRequired, required };
  // In a message there is no form around; what is filled in there goes nowhere.
  return (world.fields || new Fields()).field(about, control);
}

function choices(input, world) {
  const people = input["choices.data"]?.dataset === PEOPLE;
  const listed = (input.choices || []).map((one) => ({ value: one.value, label: one.title }));
  const found = people ? world.people.map((one) => ({ value: one.teams_id, label: one.name, about: one.organisation })) : [];
  const options = [...listed, ...found.filter((one) => !listed.some((each) => each.value === one.value))];
  const chosen = (input.value || "").split(",").filter(Boolean);
  if (input.isMultiSelect && input.style === "expanded") return joined(ticks({ options, chosen, many: true }));
  if (input.isMultiSelect) return joined(picker({ options, chosen, what: people ? "people" : "options" }));
  if (input.style === "expanded") return ticks({ options, chosen });
  return dropDown({ options, chosen: chosen[0], placeholder: input.placeholder });
}

function joined(control) {
  return { ...control, read: () => control.read().join(","), write: (value) => control.write(value.split(",")) };
}

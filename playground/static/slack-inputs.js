// The inputs of Slack's modals. `world` has fields (see fields.js), people and conversations.

import { dropDown, picker, textBox, ticks } from "./controls.js";
import { undrawable } from "./dom.js";
import { Fields } from "./fields.js";

/** Draw an input block: its label, the element to answer with, its hint. */
export function drawInput(block, world) {
  const element = block.element || {};
  if (!Object.hasOwn(CONTROLS, element.type)) return undrawable(element.type);
  const about = { id: block.block_id, label: block.label.text, hint: block.hint?.text, optional: block.optional };
  // In a message there is no form around; what is filled in there goes nowhere.
  return (world.fields || new Fields()).field(about, CONTROLS[element.type](element, world));
}

function options(list = []) {
  return list.map((one) => ({ value: one.value, label: one.text.text, about: one.description?.text }));
}

function values(list = []) {
  return list.map((one) => one.value);
}

function people(world) {
  return world.people.map((one) => ({ value: one.slack_id, label: one.name, about: one.organisation }));
}

const KINDS = { channel: ["public", "private"], im: ["im"] };

function conversations(element, world) {
  const wanted = element.filter?.include;
  return world.conversations
    .filter((one) => !wanted || KINDS[one.kind].some((kind) => wanted.includes(kind)))
    .map((one) => ({ value: one.id, label: one.name }));
}

const placeholder = (element) => element.placeholder?.text;

const CONTROLS = {
  plain_text_input: (element) => textBox({
    value: element.initial_value, lines: element.multiline, longest: element.max_length, placeholder: placeholder(element),
  }),
  radio_buttons: (element) => ticks({ options: options(element.options), chosen: element.initial_option?.value }),
  checkboxes: (element) =>
    ticks({ options: options(element.options), chosen: values(element.initial_options), many: true }),
  static_select: (element) => dropDown({
    options: options(element.options), chosen: element.initial_option?.value, placeholder: placeholder(element),
  }),
  multi_static_select: (element) =>
    picker({ options: options(element.options), chosen: values(element.initial_options) }),
  users_select: (element, world) =>
    dropDown({ options: people(world), chosen: element.initial_user, placeholder: placeholder(element) }),
  multi_users_select: (element, world) =>
    picker({ options: people(world), chosen: element.initial_users, what: "people" }),
  multi_conversations_select: (element, world) => picker({
    options: conversations(element, world), chosen: element.initial_conversations, what: "people and channels",
  }),
};

// Slack's Block Kit, drawn. One function a type; `world` has names, reaction and press(element).

import { el, icon, lines, link, picture, undrawable, THUMB_DOWN, THUMB_UP } from "./dom.js";
import { markdown } from "./markdown.js";
import { slackFiles } from "./files.js";
import { mention, mrkdwn } from "./mrkdwn.js";
import { drawInput } from "./slack-inputs.js";

/** Draw a list of blocks; a type without a function is said plainly. */
export function drawBlocks(blocks, world) {
  return blocks.map((block) => draw(BLOCKS, block, world));
}

/** Draw what a Slack message holds: its blocks, or else its text; then its files. */
export function drawSlack(payload, world) {
  const words = payload.blocks?.length
    ? drawBlocks(payload.blocks, world)
    : payload.text && el("div", { class: "section" }, mrkdwn(payload.text, world.names));
  return [words, slackFiles(payload.files)];
}

function draw(table, thing, world) {
  const type = thing?.type;
  return Object.hasOwn(table, type) ? table[type](thing, world) : undrawable(type);
}

const BLOCKS = {
  header: (block) => el("h2", { class: "header" }, block.text.text),
  section: (block, world) =>
    el("div", { class: "section" },
      el("div", { class: "grow" },
        block.text && el("div", {}, draw(TEXTS, block.text, world)),
        block.fields && el("div", { class: "fields" },
          block.fields.map((field) => el("div", {}, draw(TEXTS, field, world))))),
      block.accessory && draw(ELEMENTS, block.accessory, world)),
  context: (block, world) => row("context", IN_CONTEXT, block, world),
  divider: () => el("hr"),
  actions: (block, world) => row("buttons", ELEMENTS, block, world),
  context_actions: (block, world) => row("feedback", IN_CONTEXT_ACTIONS, block, world),
  rich_text: (block, world) => row("rich", RICH, block, world),
  image: (block) =>
    el("figure", {},
      block.title && el("figcaption", {}, block.title.text), picture(source(block), block.alt_text, "wide")),
  input: drawInput,
  markdown: (block) => el("div", { class: "prose" }, markdown(block.text)),
};

function source(block) {
  const file = block.slack_file?.id;
  return file ? `/playground/slack/files/${encodeURIComponent(file)}` : block.image_url;
}

function row(name, table, block, world) {
  return el("div", { class: name }, block.elements.map((one) => draw(table, one, world)));
}

const TEXTS = {
  plain_text: (text) => lines(text.text),
  mrkdwn: (text, world) => mrkdwn(text.text, world.names),
};

const ELEMENTS = {
  button: (element, world) => {
    const style = `button ${element.style || ""}`;
    if (element.url) return link(element.url, element.text.text, style);
    const attributes = { type: "button", class: style, "aria-label": element.accessibility_label, "data-does": element.value };
    return el("button", { ...attributes, onclick: () => world.press(element) }, element.text.text);
  },
  image: (element) => picture(element.image_url, element.alt_text, "thumbnail"),
};

const IN_CONTEXT = {
  plain_text: (text) => el("span", {}, lines(text.text)),
  mrkdwn: (text, world) => el("span", {}, mrkdwn(text.text, world.names)),
  image: (element) => picture(element.image_url, element.alt_text, "tiny"),
};

const IN_CONTEXT_ACTIONS = {
  feedback_buttons: (element, world) => [
    thumb(THUMB_UP, "up", element.positive_button, element, world),
    thumb(THUMB_DOWN, "down", element.negative_button, element, world),
  ],
};

function thumb(drawing, way, button, element, world) {
  const words = button.accessibility_label || button.text.text;
  return el("button", {
    type: "button", class: "thumb", title: words, "aria-label": words,
    "aria-pressed": String(world.reaction === way),
    onclick: () => world.press({ ...element, value: button.value }),
  }, icon(drawing));
}

const RICH = {
  rich_text_section: (part, world) => el("p", {}, runs(part, world)),
  rich_text_quote: (part, world) => el("blockquote", {}, runs(part, world)),
  rich_text_preformatted: (part, world) => el("pre", { tabindex: "0" }, runs(part, world)),
  rich_text_list: (part, world) =>
    el(part.style === "ordered" ? "ol" : "ul",
      { class: `indent${Math.min(part.indent || 0, 8)}`, start: (part.offset || 0) + 1 },
      part.elements.map((one) => el("li", {}, runs(one, world)))),
};

function runs(part, world) {
  return part.elements.map((run) => draw(RUNS, run, world));
}

const RUNS = {
  text: (run) => styled(lines(run.text), run.style),
  link: (run) => styled(link(run.url, run.text || run.url), run.style),
  emoji: (run) => (run.unicode ? character(run.unicode) : `:${run.name}:`),
  user: (run, world) => mention("@" + (world.names[run.user_id] || run.user_id)),
  channel: (run, world) => mention("#" + (world.names[run.channel_id] || run.channel_id)),
  broadcast: (run) => mention("@" + run.range),
};

function character(codes) {
  return String.fromCodePoint(...codes.split("-").map((code) => parseInt(code, 16)));
}

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code" };

function styled(words, style = {}) {
  const wanted = Object.keys(STYLES).filter((name) => style[name]);
  return wanted.reduce((inside, name) => el(STYLES[name], {}, inside), words);
}

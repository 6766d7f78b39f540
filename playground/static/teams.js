// Teams messages and Adaptive Cards, drawn. One function a type; `world` has reaction and press(element).

import { groupedBars, horizontalBars } from "./bars.js";
import { el, icon, link, picture, undrawable, THUMB_DOWN, THUMB_UP } from "./dom.js";
import { CONSENT, consentCard, INFO, infoCard } from "./files.js";
import { lineChart } from "./lines.js";
import { markdown } from "./markdown.js";
import { INPUTS } from "./teams-inputs.js";

const CARD = "application/vnd.microsoft.card.adaptive";

/** Draw a Teams message: its text with citations, its cards, and the native feedback below. */
export function drawTeams(activity, world) {
  const claims = citations(activity);
  return [
    activity.text && el("div", { class: "prose bubble" }, markdown(activity.text, mark(claims))),
    claims.length > 0 && references(claims),
    (activity.attachments || []).map((one) => attachment(one, world)),
    activity.channelData?.feedbackLoop && feedback(world),
  ];
}

function attachment(one, world) {
  if (one.contentType === CARD) return drawCard(one.content, world);
  if (one.contentType === CONSENT) return consentCard(one, world);
  return one.contentType === INFO ? infoCard(one) : undrawable(one.contentType);
}

/** Draw one Adaptive Card. In a dialog `world` also has fields, people and submit(). */
export function drawCard(card, world) {
  return el("div", { class: "card" }, items(card.body, world), actions(card.actions, world));
}

function draw(table, thing, world) {
  const type = thing?.type;
  if (Object.hasOwn(table, type)) return table[type](thing, world);
  const fallback = thing?.fallback;
  return [undrawable(type), Object.hasOwn(table, fallback?.type) && draw(table, fallback, world)];
}

function items(list = [], world) {
  // What is hidden and has no name can never be shown.
  const seen = list.filter((one) => one.isVisible !== false || one.id);
  return seen.map((one) => spaced(draw(ELEMENTS, one, world), one));
}

function spaced(drawn, element) {
  const marks = `${element.separator ? "separated" : ""} ${element.bleed ? "bleed" : ""}`;
  const named = { "data-name": element.id, hidden: element.isVisible === false };
  return el("div", { class: `space-${lower(element.spacing)} ${marks}`, ...named }, drawn);
}

function actions(list = [], world) {
  return list.length > 0 && el("div", { class: "buttons" }, list.map((action) => draw(ACTIONS, action, world)));
}

const ELEMENTS = {
  ...INPUTS,
  TextBlock: (block) => {
    const heading = block.style === "heading" ? { role: "heading", "aria-level": "2" } : {};
    const style = `prose ${look(block)} ${block.wrap ? "" : "clipped"}`;
    return el("div", { class: style, ...heading }, markdown(block.text));
  },
  RichTextBlock: (block) =>
    el("p", { class: `rich ${look(block)}` }, block.inlines.map((run) => (typeof run === "string" ? run : draw(INLINES, run)))),
  Container: (box, world) => el("div", { class: `container style-${lower(box.style)}` }, items(box.items, world)),
  ColumnSet: (set, world) =>
    el("div", { class: `columns style-${lower(set.style)}` }, (set.columns || []).map((one) => column(one, world))),
  FactSet: (set) =>
    el("dl", { class: "facts" }, set.facts.map((fact) =>
      el("div", {}, el("dt", {}, prose(fact.title)), el("dd", {}, prose(fact.value))))),
  ActionSet: (set, world) => actions(set.actions, world),
  "Chart.HorizontalBar": horizontalBars,
  "Chart.VerticalBar.Grouped": groupedBars,
  "Chart.Line": lineChart,
  ProgressBar: progressBar,
  Image: (image) => picture(image.url, image.altText, `size-${lower(image.size)}`),
  Table: (table, world) => {
    const kind = (at) => (at === 0 && table.firstRowAsHeader !== false ? "th" : "td");
    const rows = table.rows.map((row, at) =>
      el("tr", {}, row.cells.map((cell) => el(kind(at), {}, items(cell.items, world)))));
    return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Table" },
      el("table", { class: table.showGridLines === false ? null : "lined" }, rows));
  },
};

function column({ width = "stretch", style, items: inside }, world) {
  const node = el("div", { class: `column style-${lower(style)}` }, items(inside, world));
  if (width === "auto") node.style.flex = "0 1 auto";
  else if (/^\d+px$/.test(width)) node.style.flex = `0 0 ${width}`;
  else node.style.flex = `${Number(width) || 1} 1 0`;
  return node;
}

const ACTIONS = {
  "Action.Execute": actionButton,
  "Action.Submit": actionButton,
  "Action.ToggleVisibility": foldButton,
  "Action.OpenUrl": (action) => link(action.url, action.title || action.url, "button"),
};

function actionButton(action, world) {
  const does = JSON.stringify(action.data ?? action.title);
  const attributes = { type: "button", class: `button ${action.style || ""}`, title: action.tooltip, "data-does": does };
  const submits = world.submit && action.associatedInputs !== "none";
  return el("button", { ...attributes, onclick: () => (submits ? world.submit(action) : world.press(action)) }, action.title);
}

/** A button that shows and hides parts of its own card, without asking anybody. */
function foldButton(action) {
  const names = action.targetElements.map((one) => (typeof one === "string" ? one : one.elementId));
  const toggle = ({ currentTarget: button }) => {
    for (const node of button.closest(".card").querySelectorAll("[data-name]"))
      if (names.includes(node.dataset.name)) node.hidden = !node.hidden;
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  };
  return el("button", { type: "button", class: "button", "aria-expanded": "false", onclick: toggle }, action.title);
}

/** A bar of how far something has come. */
function progressBar(bar) {
  const max = bar.max || 100;
  return el("progress", { class: "progress", max, value: bar.value, "aria-label": `${bar.value} of ${max}` });
}

const INLINES = {
  TextRun: (run) => {
    let words = run.text;
    if (run.fontType === "Monospace") words = el("code", {}, words);
    if (run.italic) words = el("em", {}, words);
    if (run.strikethrough) words = el("s", {}, words);
    if (run.underline) words = el("u", {}, words);
    return el("span", { class: `${look(run)} ${run.highlight ? "highlight" : ""}` }, words);
  },
};

function look(text) {
  const { size = "default", weight = "default", color = "default", isSubtle, horizontalAlignment } = text;
  const all = `size-${size} weight-${weight} color-${color} align-${horizontalAlignment || "left"}`;
  return `${all.toLowerCase()} ${isSubtle ? "subtle" : ""}`;
}

function lower(name) {
  return (name || "default").toLowerCase();
}

function prose(text) {
  return el("div", { class: "prose" }, markdown(text));
}

// Citations: marks such as [1] in the text, and what they stand for below it.

function citations(activity) {
  const root = (activity.entities || []).find((one) => one.type === "https://schema.org/Message");
  return root?.citation || [];
}

function mark(claims) {
  return (position) => {
    const claim = claims.find((one) => one.position === position);
    if (!claim) return `[${position}]`;
    return el("sup", { class: "mark", title: claim.appearance.name }, String(position));
  };
}

function references(claims) {
  return el("details", { class: "references" },
    el("summary", {}, claims.length === 1 ? "1 reference" : `${claims.length} references`),
    el("ol", {}, claims.map((claim) => {
      const { name, abstract, url, keywords = [] } = claim.appearance;
      return el("li", { value: claim.position },
        el("strong", {}, url ? link(url, name) : name),
        abstract && el("div", {}, abstract),
        keywords.length > 0 && el("div", { class: "subtle" }, keywords.join(" · ")));
    })));
}

function feedback(world) {
  const thumb = (drawing, words, way, reaction) =>
    el("button", {
      type: "button", class: "thumb", title: words, "aria-label": words,
      "aria-pressed": String(world.reaction === way),
      onclick: () => world.press({ reaction }),
    }, icon(drawing));
  return el("div", { class: "feedback" },
    thumb(THUMB_UP, "Like", "up", "like"), thumb(THUMB_DOWN, "Dislike", "down", "dislike"));
}

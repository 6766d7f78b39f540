// Slack's mrkdwn, read into page elements.

import { el, lines, link } from "./dom.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

function plain(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

// Each rule: what it looks like, and what it becomes. Emphasis opens at the edge of a word and closes at one.
const RULES = [
  [/^```\n?([\s\S]+?)\n?```/, (found) => el("pre", { tabindex: "0" }, plain(found[1]))],
  [/^`([^`\n]+)`/, (found) => el("code", {}, plain(found[1]))],
  [/^<([^<>\n]+)>/, (found, names) => token(found[1], names)],
  [/^\*(?=\S)([^*\n]*[^*\s])\*(?!\w)/, (found, names) => el("strong", {}, inline(found[1], names))],
  [/^_(?=\S)([^_\n]*[^_\s])_(?!\w)/, (found, names) => el("em", {}, inline(found[1], names))],
  [/^~(?=\S)([^~\n]*[^~\s])~(?!\w)/, (found, names) => el("s", {}, inline(found[1], names))],
];

function token(inside, names) {
  const [target, label] = inside.split(/\|([\s\S]*)/);
  if (target.startsWith("@")) return mention("@" + (names[target.slice(1)] || plain(label || target.slice(1))));
  if (target.startsWith("#")) return mention("#" + plain(label || names[target.slice(1)] || target.slice(1)));
  if (target.startsWith("!date^")) return plain(label || "");
  if (target.startsWith("!")) return mention("@" + plain(label || target.slice(1).split("^")[0]).replace(/^@/, ""));
  return link(plain(target), plain(label || target.replace(/^mailto:/, "")));
}

export function mention(words) {
  return el("span", { class: "mention" }, words);
}

function inline(text, names) {
  const out = [];
  let words = "";
  for (let at = 0; at < text.length; ) {
    const atEdge = at === 0 || /[^\w]/.test(text[at - 1]);
    const rest = text.slice(at);
    const [rule, found] = (/[`<*_~]/.test(text[at]) && match(rest, atEdge)) || [];
    if (!found) {
      words += text[at++];
      continue;
    }
    out.push(...lines(plain(words)), rule(found, names));
    words = "";
    at += found[0].length;
  }
  return [...out, ...lines(plain(words))];
}

function match(rest, atEdge) {
  for (const [pattern, rule] of RULES) {
    const found = (atEdge || "`<".includes(rest[0])) && pattern.exec(rest);
    if (found) return [rule, found];
  }
  return null;
}

/** `text` as nodes. `names` gives the name of a user or channel id. */
export function mrkdwn(text, names = {}) {
  const out = [];
  for (const part of String(text).split(/((?:^(?:>|&gt;) ?.*(?:\n|$))+)/m)) {
    if (/^(?:>|&gt;)/.test(part)) {
      const inside = part.replace(/\n$/, "").replace(/^(?:>|&gt;) ?/gm, "");
      out.push(el("blockquote", {}, inline(inside, names)));
    } else if (part) {
      out.push(...inline(part.replace(/\n$/, out.length ? "" : "\n"), names));
    }
  }
  return out;
}

// The Markdown of Adaptive Cards, Teams messages and Slack's markdown block, read into page elements.

import { el, link } from "./dom.js";

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const MARKS = /[\\`*_~[&\n]/;

// Each rule: what it looks like, and what it becomes.
const RULES = [
  [/^\\([!-/:-@[-`{-~])/, (found) => found[1]],
  [/^&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,5}));/i, (found) => entity(found)],
  [/^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2])],
  [/^\*\*(?=\S)((?:\\.|[^\\])*?(?:\\.|[^\s\\]))\*\*(?!\*)/, (found, marks) => el("strong", {}, inline(found[1], marks))],
  [/^__(?=\S)((?:\\.|[^\\])*?(?:\\.|[^\s\\_]))__(?!\w)/, (found, marks) => el("strong", {}, inline(found[1], marks))],
  [/^\*(?=[^\s*])((?:\*\*[^*]*\*\*|\\.|[^*\\])*?(?:\\.|\*\*|[^\s\\*]))\*(?!\*)/, (found, marks) => el("em", {}, inline(found[1], marks))],
  [/^_(?=[^\s_])((?:\\.|[^_\\])*?(?:\\.|[^\s\\_]))_(?!\w)/, (found, marks) => el("em", {}, inline(found[1], marks))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (found, marks) => el("s", {}, inline(found[1], marks))],
  [/^\[((?:\\.|[^\]\\])+)\]\((?:<([^<>\n]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))\)/, (found, marks) => link(found[2] ?? found[3], inline(found[1], marks))],
  [/^\[(\d{1,2})\]/, (found, marks) => (marks ? marks(Number(found[1])) : found[0])],
  [/^\n/, () => el("br")],
];

function entity([whole, decimal, hex, name]) {
  if (name) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal ? Number(decimal) : parseInt(hex, 16);
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
}

function inline(text, marks) {
  const out = [];
  let words = "";
  for (let at = 0; at < text.length; ) {
    const found = MARKS.test(text[at]) && match(text.slice(at), /\w/.test(text[at - 1] || ""));
    if (!found) {
      words += text[at++];
      continue;
    }
    if (words) out.push(words);
    words = "";
    out.push(found.rule(found.found, marks));
    at += found.found[0].length;
  }
  return words ? [...out, words] : out;
}

function match(rest, insideWord) {
  for (const [pattern, rule] of RULES) {
    const found = !(insideWord && rest[0] === "_") && pattern.exec(rest);
    if (found) return { rule, found };
  }
  return null;
}

const ITEM = /^(\s*)(?:[-*+•]|(\d{1,3})[.)])\s+(.*)$/;

// Blocks: lines are gathered until another kind begins.
function kindOf(line) {
  if (!line.trim()) return "gap";
  if (/^#{1,6}\s/.test(line)) return "heading";
  if (/^\s*>/.test(line)) return "quote";
  const item = ITEM.exec(line);
  if (item) return item[2] ? "numbers" : "bullets";
  return "words";
}

const BLOCKS = {
  heading: (rows, marks) => rows.map((row) => el("h2", {}, inline(row.replace(/^#+\s+/, ""), marks))),
  quote: (rows, marks) => [el("blockquote", {}, inline(rows.map((row) => row.replace(/^\s*> ?/, "")).join("\n"), marks))],
  bullets: (rows, marks) => [el("ul", {}, items(rows, marks))],
  numbers: (rows, marks) => [el("ol", { start: ITEM.exec(rows[0])[2] }, items(rows, marks))],
  words: (rows, marks) => [el("p", {}, inline(rows.join("\n"), marks))],
  fence: (rows) => [el("pre", { tabindex: "0" }, rows.join("\n"))],
};

function items(rows, marks) {
  return rows.map((row) => el("li", {}, inline((ITEM.exec(row) || [])[3] ?? row.trim(), marks)));
}

/** `text` as nodes. `marks` draws a citation mark such as [1], where the message has citations. */
export function markdown(text, marks = null) {
  const groups = [];
  let fenced = false;
  for (const line of String(text).replace(/\r\n?/g, "\n").split("\n")) {
    if (/^```/.test(line)) {
      fenced = !fenced;
      if (fenced) groups.push({ kind: "fence", rows: [] });
      continue;
    }
    const last = groups.at(-1);
    const kind = fenced ? "fence" : kindOf(line);
    const goesOn = kind === "words" && /^\s{2,}/.test(line) && last && ["bullets", "numbers"].includes(last.kind);
    if (goesOn) last.rows[last.rows.length - 1] += "\n" + line.trim();
    else if (last && last.kind === kind) last.rows.push(line);
    else groups.push({ kind, rows: [line] });
  }
  return groups.filter((group) => group.kind !== "gap").flatMap((group) => BLOCKS[group.kind](group.rows, marks));
}

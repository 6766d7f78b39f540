// What all drawn charts share: their shapes, words, scale, legend and description.

import { el } from "./dom.js";

export const WIDTH = 340;
export const FLOOR = 164;
export const SERIES = 6;
const CEILING = 14;
const NS = "http://www.w3.org/2000/svg";
const LETTER = 6.3;

/** An SVG element. */
export function shape(tag, attributes, inside = []) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside.filter(Boolean));
  return node;
}

/** One line of text. */
export function words(x, y, text, className = "") {
  return shape("text", { x, y, class: className }, [String(text)]);
}

/** Lines of text below each other, the first standing at `y`. */
export function paragraph(x, y, rows, className = "") {
  return rows.map((row, at) => words(x, y + at * 15, row, className));
}

/** `text` in at most `most` lines that are about `width` wide. */
export function wrapped(text, width, most = 2) {
  const room = Math.max(4, Math.floor(width / LETTER));
  const rows = [""];
  for (const word of String(text).split(/\s+/)) {
    const longer = rows.at(-1) ? `${rows.at(-1)} ${word}` : word;
    if (longer.length <= room || !rows.at(-1)) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  const kept = rows.slice(0, most);
  const cut = (row, more) => (row.length > room || more ? `${row.slice(0, room - 1).trimEnd()}…` : row);
  return kept.map((row, at) => cut(row, rows.length > most && at === most - 1));
}

const ISO = /^\d{4}-\d\d-\d\d$/;
const written = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Whether `labels` are days, which Teams draws along an axis of time. */
export function dated(labels) {
  return labels.length > 0 && labels.every((label) => ISO.test(label));
}

/** A label as people read it: a day is written out. */
export function named(label) {
  return ISO.test(label) ? written.format(new Date(label)) : label;
}

/** A figure as people write it. */
export function number(value) {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

/** A bar of a series: its colour, and over it the pattern that tells it apart without colour. */
export function bar(x, y, width, height, series) {
  const at = series % SERIES;
  const box = `M${x} ${y}h${width}v${height}h${-width}z`;
  return [
    shape("rect", { x, y, width, height, class: `series${at}` }),
    at > 0 && shape("path", { d: box, class: "hatch", fill: `url(#hatch${at})` }),
  ];
}

/** The labels in their order, how high a value stands, and the level lines behind. */
export function frame(chart) {
  const labels = [...new Set(chart.data.flatMap((series) => series.values.map((one) => one.x)))];
  const most = Math.max(0, ...chart.data.flatMap((series) => series.values.map((one) => one.y)));
  const top = chart.yMax || most || 1;
  const level = (value) => FLOOR - ((FLOOR - CEILING) * Math.min(value, top)) / top;
  // A short scale of whole numbers has a line at each of them.
  const steps = Number.isInteger(top) && top <= 6 ? top : 2;
  const ground = Array.from({ length: steps + 1 }, (_, at) => (top * at) / steps).flatMap((value) => [
    shape("line", { x1: 32, x2: WIDTH, y1: level(value), y2: level(value), class: "rule" }),
    words(26, level(value) + 4, number(value), "end"),
  ]);
  return { labels, top, level, ground };
}

/** The chart with its description; `swatch(at)` draws what a series looks like in the legend. */
export function figure(chart, series, marks, height, swatch = (at) => bar(1, 1, 22, 10, at)) {
  const told = (list) => list.map(({ x, y }) => `${named(x)} ${number(y)}`).join(", ");
  const figures = series.length ? series.map((one) => `${one.legend}: ${told(one.values)}`).join("; ") : told(chart.data);
  const description = `Chart. ${chart.title ? `${chart.title}. ` : ""}${figures}`;
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": description }, marks);
  const legend = series.map((one, at) =>
    el("li", {}, shape("svg", { viewBox: "0 0 24 12", "aria-hidden": "true" }, swatch(at)), one.legend));
  const title = chart.title && el("h2", {}, chart.title);
  return el("div", { class: "chart" }, title, legend.length > 0 && el("ul", { class: "legend" }, legend), svg);
}

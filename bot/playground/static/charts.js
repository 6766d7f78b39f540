// Teams' chart elements, drawn plainly as SVG of a phone's width.

import { el } from "./dom.js";

const WIDTH = 340;
const PATTERNS = ["", "7 3", "2 3", "9 3 2 3", "12 3", "4 4"];
const NS = "http://www.w3.org/2000/svg";

/** Bars from left to right, one a label. */
export function horizontalBars(chart) {
  const most = Math.max(0, ...chart.data.map((one) => one.y)) || 1;
  const marks = chart.data.flatMap(({ x, y }, at) => {
    const top = at * 44;
    return [
      words(0, top + 15, x),
      shape("rect", { x: 0, y: top + 21, width: WIDTH - 48, height: 14, class: "track" }),
      shape("rect", { x: 0, y: top + 21, width: ((WIDTH - 48) * y) / most, height: 14, class: "series0" }),
      words(WIDTH - 42, top + 33, number(y), "value"),
    ];
  });
  return figure(chart, [], marks, chart.data.length * 44);
}

/** Groups of upright bars, one group a label and one bar a series. */
export function groupedBars(chart) {
  const { labels, level, ground } = frame(chart);
  const step = (WIDTH - 36) / Math.max(1, labels.length);
  const width = Math.min(34, (step - 8) / Math.max(1, chart.data.length));
  const marks = chart.data.flatMap((series, place) => series.values.flatMap(({ x, y }) => {
    const left = 36 + labels.indexOf(x) * step + place * width + 4;
    return [
      shape("rect", { x: left, y: level(y), width: width - 2, height: 164 - level(y), class: `series${place % 6}` }),
      chart.showBarValues && words(left + width / 2 - 1, level(y) - 4, number(y), "value middle"),
    ];
  }));
  const named = labels.map((label, at) => words(36 + (at + 0.5) * step, 182, short(label, step), "middle"));
  return figure(chart, chart.data, [...ground, ...marks, ...named], 190);
}

/** Lines over the labels, one a series. */
export function lineChart(chart) {
  const { labels, level, ground } = frame(chart);
  const step = (WIDTH - 100) / Math.max(1, labels.length - 1);
  const place = (x) => (labels.length > 1 ? 50 + labels.indexOf(x) * step : WIDTH / 2);
  const marks = chart.data.flatMap((series, at) => {
    const points = series.values.map(({ x, y }) => `${place(x)},${level(y)}`).join(" ");
    const last = series.values.at(-1);
    return [
      shape("polyline", { points, class: `line series${at % 6}`, "stroke-dasharray": PATTERNS[at % 6] }),
      ...series.values.map(({ x, y }) => shape("circle", { cx: place(x), cy: level(y), r: 4, class: `series${at % 6}` })),
      last && words(place(last.x) + 7, level(last.y) + 4, number(last.y), "value"),
    ];
  });
  const every = Math.ceil(70 / step);
  const named = labels.map((label, at) =>
    (labels.length - 1 - at) % every === 0 && words(place(label), 182, short(label, 84), "middle"));
  return figure(chart, chart.data, [...ground, ...marks, ...named], 190);
}

/** A bar of how far something has come. */
export function progressBar(bar) {
  const max = bar.max || 100;
  return el("progress", { class: "progress", max, value: bar.value, "aria-label": `${bar.value} of ${max}` });
}

/** The labels in their order, how high a value stands, and the level lines behind. */
function frame(chart) {
  const labels = [...new Set(chart.data.flatMap((series) => series.values.map((one) => one.x)))];
  const most = Math.max(0, ...chart.data.flatMap((series) => series.values.map((one) => one.y)));
  const top = chart.yMax || most || 1;
  const level = (value) => 164 - (150 * Math.min(value, top)) / top;
  const ground = [0, 0.5, 1].flatMap((part) => [
    shape("line", { x1: 34, x2: WIDTH, y1: level(part * top), y2: level(part * top), class: "rule" }),
    words(28, level(part * top) + 4, number(part * top), "end"),
  ]);
  return { labels, level, ground };
}

function figure(chart, series, marks, height) {
  const told = (list) => list.map(({ x, y }) => `${x} ${number(y)}`).join(", ");
  const figures = series.length ? series.map((one) => `${one.legend}: ${told(one.values)}`).join("; ") : told(chart.data);
  const description = `Chart. ${chart.title ? `${chart.title}. ` : ""}${figures}`;
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": description }, marks);
  const legend = series.map((one, at) =>
    el("li", {}, shape("svg", { viewBox: "0 0 24 12", "aria-hidden": "true" },
      [shape("rect", { x: 1, y: 1, width: 22, height: 10, class: `series${at % 6}` })]), one.legend));
  return el("div", { class: "chart" }, legend.length > 0 && el("ul", { class: "legend" }, legend), svg);
}

function shape(tag, attributes, inside = []) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside.filter(Boolean));
  return node;
}

function words(x, y, text, className = "") {
  return shape("text", { x, y, class: className }, [String(text)]);
}

function number(value) {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

function short(text, width) {
  const most = Math.max(3, Math.floor(width / 6.2));
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

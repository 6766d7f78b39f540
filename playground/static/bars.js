// Bar charts, drawn plainly as SVG of a phone's width.

import { bar, figure, FLOOR, frame, number, paragraph, shape, WIDTH, words, wrapped } from "./plot.js";

const LEFT = 36;
const SLIMMEST = 22; // An upright bar must be as wide as the figure above it.
const ROOM = WIDTH - 48;

/** Bars from left to right, one a label. */
export function horizontalBars(chart) {
  const most = Math.max(0, ...chart.data.map((one) => one.y)) || 1;
  let top = 0;
  const marks = chart.data.flatMap(({ x, y }) => {
    const rows = wrapped(x, WIDTH);
    const drawn = [...paragraph(0, top + 15, rows), ...lying(top + 6 + rows.length * 15, 14, y, most, 0)];
    top += 29 + rows.length * 15;
    return drawn;
  });
  return figure(chart, [], marks, top);
}

/** Groups of bars, one group a label and one bar a series: upright, or lying where they would be too slim. */
export function groupedBars(chart) {
  const { labels, level, ground, top } = frame(chart);
  const step = (WIDTH - LEFT) / Math.max(1, labels.length);
  const width = Math.min(38, (step - 8) / Math.max(1, chart.data.length));
  if (width < SLIMMEST) return lyingGroups(chart, labels, top);
  const indent = (step - width * chart.data.length) / 2;
  const marks = chart.data.flatMap((series, place) => series.values.flatMap(({ x, y }) => {
    const left = LEFT + labels.indexOf(x) * step + indent + place * width;
    return [
      ...bar(left, level(y), width - 3, FLOOR - level(y), place),
      chart.showBarValues && words(left + width / 2 - 1, level(y) - 4, number(y), "value middle"),
    ];
  }));
  const rows = labels.map((label) => wrapped(label, step - 4, 3));
  const named = rows.flatMap((each, at) => paragraph(LEFT + (at + 0.5) * step, FLOOR + 17, each, "middle"));
  const deepest = Math.max(1, ...rows.map((each) => each.length));
  return figure(chart, chart.data, [...ground, ...marks, ...named], FLOOR + 9 + deepest * 15);
}

function lyingGroups(chart, labels, most) {
  let top = 0;
  const marks = labels.flatMap((label) => {
    const rows = wrapped(label, WIDTH);
    const drawn = paragraph(0, top + 15, rows, "value");
    top += rows.length * 15 + 7;
    chart.data.forEach((series, place) => {
      const found = series.values.find((one) => one.x === label);
      if (found) drawn.push(...lying(top, 11, found.y, most, place));
      else drawn.push(words(2, top + 10, "–"));
      top += 16;
    });
    top += 8;
    return drawn;
  });
  return figure(chart, chart.data, marks, top);
}

function lying(y, height, value, most, series) {
  const length = (ROOM * Math.min(value, most)) / most;
  return [
    shape("rect", { x: 0, y, width: ROOM, height, class: "track" }),
    ...bar(0, y, length, height, series),
    words(WIDTH - 42, y + height / 2 + 4.5, number(value), "value"),
  ];
}

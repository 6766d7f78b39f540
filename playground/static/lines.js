// Line charts, drawn plainly as SVG of a phone's width.

import { dated, figure, FLOOR, frame, named, number, paragraph, SERIES, shape, WIDTH, words, wrapped } from "./plot.js";

const LEFT = 50;
const RIGHT = 50;
const LINE = 14;
const ROOM = 74;

// Each series has a dash and a mark of its own, so that none is told by its colour alone.
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "12 3", "4 4"];
const MARKS = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "M-3.6 -3.6h7.2v7.2h-7.2z", "M0 -5l4.6 8.2h-9.2z",
  "M0 -5l4.6 5l-4.6 5l-4.6 -5z", "M0 5l4.6 -8.2h-9.2z", "M-1.8 -5h3.6v3.2h3.2v3.6h-3.2v3.2h-3.6v-3.2h-3.2v-3.6h3.2z",
];

/** Lines over the labels, one a series, the last figure of each beside its end. */
export function lineChart(chart) {
  const { labels, level, ground } = frame(chart);
  const days = dated(labels) ? labels.map((label) => Date.parse(label)) : labels.map((_, at) => at);
  const [begin, end] = [Math.min(...days), Math.max(...days)];
  const along = (x) => (days[labels.indexOf(x)] - begin) / (end - begin);
  const place = (x) => (labels.length > 1 ? LEFT + along(x) * (WIDTH - LEFT - RIGHT) : WIDTH / 2);
  const marks = chart.data.flatMap((series, at) => [
    line(series.values.map(({ x, y }) => `${place(x)},${level(y)}`).join(" "), at),
    ...series.values.map(({ x, y }) => mark(place(x), level(y), at)),
  ]);
  const ends = apart(chart.data.filter((series) => series.values.length).map((series) => {
    const { x, y } = series.values.at(-1);
    return { x: place(x) + 9, y: level(y) + 4, words: number(y) };
  }));
  // The newest is named, and of those before it each that has the room.
  let free = Infinity;
  const below = labels.toReversed().flatMap((label) => {
    if (free - place(label) < ROOM) return [];
    free = place(label);
    return paragraph(Math.min(free, WIDTH - 36), FLOOR + 18, wrapped(named(label), ROOM + 2), "middle");
  });
  const swatch = (at) => [line("1,6 23,6", at), mark(12, 6, at)];
  return figure(chart, chart.data, [...ground, ...marks, ...ends, ...below], FLOOR + 40, swatch);
}

function line(points, series) {
  const at = series % SERIES;
  return shape("polyline", { points, class: `line series${at}`, "stroke-dasharray": DASHES[at] });
}

function mark(x, y, series) {
  const at = series % SERIES;
  return shape("path", { d: MARKS[at], transform: `translate(${x} ${y})`, class: `mark series${at}` });
}

/** The figures at the lines' ends, moved so far that none stands on another. */
function apart(ends) {
  const sorted = ends.toSorted((one, other) => one.y - other.y);
  sorted.forEach((end, at) => {
    if (at) end.y = Math.max(end.y, sorted[at - 1].y + LINE);
  });
  for (let at = sorted.length - 1, foot = FLOOR + 4; at >= 0; at--, foot -= LINE) sorted[at].y = Math.min(sorted[at].y, foot);
  return sorted.map((end) => words(end.x, end.y, end.words, "value"));
}

// Axes, intervals and notes, as several kinds have them.
import { fitted } from "./chart_text.js";

export const axisStyle = (look) => ({
  axisLabel: { color: look.color("secondary"), fontSize: 12 },
  axisLine: { lineStyle: { color: look.color("line") } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: look.color("line") } },
  nameTextStyle: { color: look.color("secondary"), fontSize: 12 },
});

// A scale of shares ends at the whole where the data comes near it, or holds nothing.
const topOfShares = (range) => (range.max === 0 || (range.max > 0.8 && range.max <= 1) ? 1 : null);

export const valueAxis = (look, unit) => ({
  ...axisStyle(look), type: "value", splitNumber: look.width < 480 ? 3 : 5,
  axisLabel: { color: look.color("secondary"), fontSize: 12, formatter: look.format(unit), hideOverlap: true },
  max: unit === "share" ? topOfShares : undefined,
});

const isNumber = (x) => x !== null && x !== undefined && !Number.isNaN(Number(x));

// whiskers are the thin ends of each name's interval.
export function whiskers(chart, look) {
  return {
    type: "custom", silent: true, z: 1,
    data: chart.whiskers.map((ends, i) => [ends[0], i, ends[1]]),
    encode: { x: [0, 2], y: 1 },
    renderItem: (params, api) => {
      if (!isNumber(api.value(0)) || !isNumber(api.value(2))) return null;
      const from = api.coord([api.value(0), api.value(1)]);
      const to = api.coord([api.value(2), api.value(1)]);
      const style = { stroke: look.color("secondary"), lineWidth: 1.5 };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
      return { type: "group", children: [line(...from, ...to), line(from[0], from[1] - 4, from[0], from[1] + 4), line(to[0], to[1] - 4, to[0], to[1] + 4)] };
    },
  };
}

// notes stand where a bar would begin: why a name has none.
export function notes(chart, look) {
  return {
    type: "custom", silent: true, z: 3, tooltip: { show: false }, data: chart.notes.map((_, i) => [null, i]), encode: { y: 1 },
    renderItem: (params, api) => {
      const note = chart.notes[params.dataIndex];
      if (!note) return null;
      const { x, width } = params.coordSys;
      const y = api.coord([0, api.value(1)])[1];
      return { type: "text", style: { x: x + 4, y, text: fitted(note, width - 8), verticalAlign: "middle", fontSize: 12, fill: look.color("secondary"), fontFamily: look.font } };
    },
  };
}

// hatch fills a box that has no value to show.
export const hatch = (x, y, width, height, look) => {
  const lines = [];
  for (let at = 6; at < width + height; at += 6) {
    const [x1, y1] = at <= height ? [x, y + at] : [x + at - height, y + height];
    const [x2, y2] = at <= width ? [x + at, y] : [x + width, y + at - width];
    lines.push({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: look.color("open"), lineWidth: 1, opacity: 0.6 }, silent: true });
  }
  return lines;
};

// gaps are hatched where an upright name has no value.
export function gaps(chart, look) {
  return {
    type: "custom", silent: true, z: 1, tooltip: { show: false }, data: chart.notes.map((note, i) => [i, note ? 0 : null]), encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      if (!chart.notes[params.dataIndex]) return null;
      const width = Math.min(48, 0.6 * api.size([1, 0])[0]);
      const { y, height } = params.coordSys;
      return { type: "group", children: hatch(api.coord([api.value(0), 0])[0] - width / 2, y, width, height, look) };
    },
  };
}

// span is the band between both ends over all dates; a date without ends leaves a gap.
export function span(chart, look, color) {
  const ends = chart.whiskers;
  return {
    type: "custom", silent: true, z: 0, xAxisIndex: 0, yAxisIndex: 0, tooltip: { show: false },
    data: ends.map((pair, i) => [i, pair[0], pair[1]]), encode: { x: 0, y: [1, 2] },
    renderItem: (params, api) => {
      const i = params.dataIndex;
      if (i === 0 || ![...ends[i - 1], ...ends[i]].every(isNumber)) return null;
      const points = [[i - 1, ends[i - 1][0]], [i - 1, ends[i - 1][1]], [i, ends[i][1]], [i, ends[i][0]]].map((at) => api.coord(at));
      return { type: "polygon", shape: { points }, style: { fill: color, opacity: 0.16 } };
    },
  };
}

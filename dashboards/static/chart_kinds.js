// How each kind is dressed. A maker takes the option and {chart, look, names, legend()} and completes the option.
import { asText, fitted, onColor, widthOf } from "./chart_text.js";
import { flow, heat, scatter, tree } from "./chart_shapes.js";
import { axisStyle, gaps, notes, span, valueAxis, whiskers } from "./chart_axes.js";

// lying names stand in a margin of known width, so that what is left is known too.
function lyingAxes(option, { chart, look, names, legend }) {
  const most = Math.round(Math.min(look.width * 0.38, Math.max(30, ...names.map(widthOf)) + 8));
  option.xAxis = valueAxis(look, chart.unit);
  option.yAxis = {
    ...axisStyle(look), type: "category", data: names, inverse: true, splitLine: { show: false },
    axisLabel: { color: (name, row) => look.color(row === chart.rest ? "accent" : "secondary"), fontSize: 12, interval: 0, formatter: (name) => fitted(name, most) },
    triggerEvent: chart.rest >= 0, axisLine: { lineStyle: { color: look.color("open") } },
  };
  if (chart.notes) option.series.push(notes(chart, look));
  option.grid = { left: most + 10, right: 16, top: legend(), bottom: 4, containLabel: false };
  return look.width - most - 26;
}

function bars(option, context) {
  const { chart, look } = context;
  lyingAxes(option, context);
  option.xAxis.show = false;
  option.grid.right = 60;
  for (const series of option.series) {
    if (series.type === "scatter") series.symbolSize = [3, 20];
    if (series.type !== "bar") continue;
    if (series.id.startsWith("compare:")) asCompared(series);
    else series.label = { show: true, position: "right", color: look.color("secondary"), fontSize: 12, formatter: (x) => valueLabel(chart, look, x) };
  }
}

const valueLabel = (chart, look, mark) => (mark.dataIndex === chart.rest || mark.value === null || mark.value === undefined ? "" : look.format(chart.unit)(mark.value));

const asCompared = (series) => {
  series.itemStyle.borderType = "dashed";
  series.barGap = "10%";
};

// A part's value stands inside it where there is room.
function stacked(option, context) {
  const { chart, look } = context;
  const room = lyingAxes(option, context);
  option.xAxis.show = false;
  const series = option.series.filter((s) => s.type === "bar");
  const total = (stack, row) => series.filter((s) => s.stack === stack).reduce((sum, s) => sum + Number(s.data[row]?.value ?? 0), 0);
  const longest = Math.max(0, ...["parts", "partscompare"].flatMap((stack) => context.names.map((_, row) => total(stack, row)))) || 1;
  option.xAxis.max = longest;
  const pixels = room / longest;
  for (const one of series) {
    one.barCategoryGap = "28%";
    const pattern = patterns[series.indexOf(one) % patterns.length];
    if (pattern) one.itemStyle.decal = { ...pattern };
    if (one.stack === "parts") Object.assign(one.itemStyle, { borderColor: look.color("surface"), borderWidth: 1 });
    if (one.id.startsWith("compare:")) { asCompared(one); continue; }
    one.label = {
      show: true, position: "inside", color: onColor(one.itemStyle.color), fontSize: 12,
      formatter: (x) => {
        const text = valueLabel(chart, look, x);
        return widthOf(text) + 6 <= pixels * Number(x.value) ? text : "";
      },
    };
  }
}

function columns(option, { chart, look, names, legend }) {
  const room = Math.floor((look.width - 64) / Math.max(1, names.length));
  option.xAxis = upright(look, names, room);
  option.yAxis = valueAxis(look, chart.unit);
  option.grid = { left: 6, right: 16, top: legend(), bottom: 4, containLabel: true };
  for (const series of option.series) {
    if (series.type === "bar" && series.id.startsWith("compare:")) asCompared(series);
  }
  if (chart.notes) option.series.push(gaps(chart, look));
}

// A few upright names all stand, broken over lines; many give way to each other.
function upright(look, names, room) {
  const few = names.length <= 8;
  const label = few
    ? { interval: 0, width: Math.max(36, room - 2), overflow: "break", fontSize: 11, lineHeight: 13 }
    : { hideOverlap: true, interval: "auto", fontSize: 12 };
  return {
    ...axisStyle(look), type: "category", data: names, splitLine: { show: false },
    axisLabel: { color: look.color("secondary"), formatter: (name) => asText(name, few ? 40 : Math.max(12, Math.floor(room / 7))), ...label },
  };
}

// Lines and parts differ in more than their colour.
const symbols = ["circle", "rect", "triangle", "diamond"];
const stripe = (turn, gap) => ({ symbol: "rect", color: "rgba(0, 0, 0, 0.13)", dashArrayX: [1, 0], dashArrayY: [2, gap], rotation: turn });
const patterns = [null, stripe(-Math.PI / 4, 7), { symbol: "circle", symbolSize: 0.5, color: "rgba(0, 0, 0, 0.16)", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0] }, stripe(Math.PI / 4, 8)];

function lines(option, { chart, look, names, legend }) {
  const isNarrow = look.width < 480;
  for (const [i, series] of option.series.entries()) {
    if (series.type !== "line") continue;
    Object.assign(series, { symbol: symbols[i % symbols.length], symbolSize: names.length > 40 ? 4 : 7, connectNulls: true, labelLayout: { moveOverlap: "shiftY" } });
    series.endLabel = { show: !isNarrow, color: look.color("ink"), fontSize: 12, lineHeight: 15, formatter: (x) => fitted(x.seriesName, 104) };
  }
  option.xAxis = { ...upright(look, names, look.width / Math.max(1, names.length)), boundaryGap: names.length < 2 };
  option.xAxis.axisLabel = { color: look.color("secondary"), fontSize: 12, hideOverlap: true, formatter: (name) => asText(name, 24) };
  option.yAxis = { ...valueAxis(look, chart.unit), scale: chart.unit !== "share" && chart.kind === "band" };
  const top = legend();
  // The first and the last name reach beyond the axis.
  const half = (name) => widthOf(asText(name ?? "", 24)) / 2;
  option.grid = { left: Math.max(6, half(names[0]) - 13), right: Math.max(isNarrow ? 20 : 116, half(names.at(-1)) + 4), top, bottom: 4, containLabel: true };
}

// The strip below holds what has a scale of its own; both share the dates.
function band(option, context) {
  const { chart, look } = context;
  lines(option, context);
  const strip = option.series.filter((s) => s.yAxisIndex === 1);
  if (strip.length > 0) {
    const upper = { ...option.grid, left: Math.max(56, option.grid.left + 18), containLabel: false };
    option.grid = [{ ...upper, bottom: 112 }, { ...upper, top: "auto", height: 64, bottom: 24 }];
    option.xAxis = [{ ...option.xAxis, axisLabel: { show: false } }, { ...option.xAxis, gridIndex: 1 }];
    option.yAxis = [option.yAxis, { ...valueAxis(look, chart.second), gridIndex: 1, splitNumber: 2 }];
    option.axisPointer = { link: [{ xAxisIndex: "all" }] };
  }
  for (const series of option.series) {
    if (series.id === "alarm:") Object.assign(series, { z: 5, symbolKeepAspect: true });
  }
  if (chart.whiskers) option.series.push(span(chart, look, option.series[0]?.lineStyle?.color ?? look.color("accent")));
}

function intervals(option, context) {
  const { chart, look } = context;
  lyingAxes(option, context);
  option.grid.bottom = 24;
  option.series[0].itemStyle.opacity = 1;
  if (chart.whiskers) option.series.push(whiskers(chart, look));
}

export const kinds = { bars, stacked, columns, lines, band, intervals, scatter, heat, flow, tree };

// Draws the options that the server made. Data never carries code: a formatter is a name of this table,
// a colour an @name of style.css, and every label is drawn as text.
const lang = document.documentElement.lang;
const number = (options) => {
  const format = new Intl.NumberFormat(lang, options);
  return (x) => (x === null || x === undefined || Number.isNaN(Number(x)) ? "–" : format.format(x).replace("-", "−"));
};
const percent = number({ maximumFractionDigits: 1 });
const signed = number({ maximumFractionDigits: 1, signDisplay: "exceptZero" });
const plain = number({ maximumFractionDigits: 2 });
const formats = {
  share: (x) => (x === null || x === undefined ? "–" : `${percent(100 * x)} %`),
  points: (x) => (x === null || x === undefined ? "–" : signed(100 * x)),
  count: number({ maximumFractionDigits: 0 }),
  days: number({ maximumFractionDigits: 1 }),
  number: plain,
};
const formatOf = (unit) => (Object.hasOwn(formats, unit) ? formats[unit] : plain);

const drawn = new Map();
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const shorten = (text, most) => {
  const letters = Array.from(String(text));
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
};
// zrender reads {name|text} as markup of its own; a label has none.
const asText = (text, most) => shorten(text, most).replaceAll("{", "❴").replaceAll("}", "❵");

const palette = () => {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim() || style.color;
};

const paint = (style, color) => {
  for (const key of ["color", "borderColor"]) {
    if (typeof style?.[key] === "string" && style[key].startsWith("@")) style[key] = color(style[key].slice(1));
  }
};

const heightOf = (kind, rows) => {
  if (kind === "bars" || kind === "intervals") return Math.max(80, 26 * rows + (kind === "bars" ? 12 : 34));
  return 200;
};

const axisStyle = (color) => ({
  axisLabel: { color: color("secondary"), fontSize: 12 },
  axisLine: { lineStyle: { color: color("line") } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: color("line") } },
  nameTextStyle: { color: color("secondary") },
});

// A scale of shares ends at the whole where the data comes near it, or holds nothing.
const topOfShares = (range) => (range.max === 0 || (range.max > 0.8 && range.max <= 1) ? 1 : null);

function axes(option, chart, color, width) {
  const value = (format) => ({ ...axisStyle(color), type: "value", axisLabel: { color: color("secondary"), fontSize: 12, formatter: format, hideOverlap: true }, splitNumber: 5, max: chart.unit === "share" ? topOfShares : undefined });
  const isLying = chart.kind === "bars" || chart.kind === "intervals";
  const names = (data, most) => ({
    ...axisStyle(color), type: "category", data, splitLine: { show: false },
    axisLabel: { color: color("secondary"), fontSize: 12, formatter: (x) => asText(x, most), ...placed(data.length) },
  });
  // A few upright names all stand, broken over lines; many give way to each other.
  const placed = (count) =>
    isLying ? { interval: 0 }
    : count > 8 || chart.kind === "lines" ? { hideOverlap: true, interval: "auto" }
    : { interval: 0, width: Math.max(36, Math.floor((width - 56) / Math.max(1, count)) - 2), overflow: "break", fontSize: 11, lineHeight: 13 };
  const list = (axis) => (Array.isArray(axis) ? axis[0] : axis) ?? {};
  const data = list(isLying ? option.yAxis : option.xAxis).data ?? [];
  const most = isLying ? Math.max(8, Math.floor(width / 24)) : data.length > 8 ? Math.max(12, Math.floor(width / data.length / 7)) : 40;
  if (isLying) {
    option.xAxis = value(formatOf(chart.unit));
    if (chart.kind === "bars") option.xAxis.show = false;
    option.yAxis = { ...names(data, most), inverse: true };
  } else {
    option.xAxis = names(data, most);
    option.yAxis = value(formatOf(chart.unit));
  }
}

function whiskers(chart, color) {
  return {
    type: "custom", silent: true, z: 1,
    data: chart.whiskers.map((ends, i) => [ends[0], i, ends[1]]),
    encode: { x: [0, 2], y: 1 },
    renderItem: (params, api) => {
      if (api.value(0) === null || Number.isNaN(api.value(0))) return null;
      const from = api.coord([api.value(0), api.value(1)]);
      const to = api.coord([api.value(2), api.value(1)]);
      const style = { stroke: color("secondary"), lineWidth: 1.5 };
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
      return { type: "group", children: [line(...from, ...to), line(from[0], from[1] - 4, from[0], from[1] + 4), line(to[0], to[1] - 4, to[0], to[1] + 4)] };
    },
  };
}

function tooltip(chart, color) {
  const format = formatOf(chart.unit);
  return {
    trigger: chart.kind === "intervals" ? "item" : "axis", renderMode: "richText", confine: true, order: "seriesAsc",
    backgroundColor: color("surface"), borderColor: color("line"), textStyle: { color: color("ink"), fontSize: 12 },
    axisPointer: { type: chart.kind === "lines" ? "line" : "shadow", shadowStyle: { color: color("shade") }, lineStyle: { color: color("line") } },
    formatter: (given) => {
      const items = Array.isArray(given) ? given : [given];
      const row = items[0].dataIndex;
      const valueOf = (item) => (chart.kind === "intervals" ? item.value?.[0] : item.value);
      const name = chart.kind === "intervals" ? chart.names[row] : items[0].name;
      const lines = items.map((item) => `${asText(item.seriesName, 40)}: ${format(valueOf(item))}`);
      if (chart.whiskers?.[row]) lines.push(`${format(chart.whiskers[row][0])} … ${format(chart.whiskers[row][1])}`);
      if (chart.counts?.[row] !== undefined && chart.counts?.[row] !== null) lines.push(`n = ${formats.count(chart.counts[row])}`);
      return [asText(name ?? "", 60), ...lines].join("\n");
    },
  };
}

function dress(series, chart, color) {
  for (const one of series) {
    paint(one.itemStyle, color);
    paint(one.lineStyle, color);
    one.name = asText(one.name ?? "", 40);
    if (one.type === "bar") {
      one.cursor = chart.links?.some(Boolean) ? "pointer" : "default";
      if (one.id?.startsWith("compare:")) {
        one.itemStyle.borderType = "dashed";
        one.barGap = "10%";
      } else if (chart.kind === "bars") {
        one.label = { show: true, position: "right", color: color("secondary"), fontSize: 12, formatter: (x) => formatOf(chart.unit)(x.value) };
      }
    }
    if (one.type === "line") {
      Object.assign(one, { symbol: "circle", symbolSize: 7, connectNulls: true, labelLayout: { moveOverlap: "shiftY" } });
      one.endLabel = { show: true, color: color("ink"), fontSize: 12, formatter: (x) => x.seriesName };
    }
  }
}

function optionOf(chart, color, width) {
  const option = structuredClone(chart.option);
  chart.names = (Array.isArray(option.yAxis) ? option.yAxis[0] : option.yAxis)?.data ?? [];
  axes(option, chart, color, width);
  dress(option.series, chart, color);
  if (chart.whiskers) option.series.push(whiskers(chart, color));
  for (const unused of ["title", "toolbox", "color"]) delete option[unused];
  const isLegend = option.series.filter((s) => s.type !== "line" && s.name).length > 1;
  option.legend = { show: isLegend, top: 0, right: 0, itemHeight: 9, itemWidth: 14, textStyle: { color: color("secondary"), fontSize: 12 }, selectedMode: false };
  option.grid = { left: 6, right: chart.kind === "lines" ? 110 : chart.kind === "bars" ? 52 : 16, top: isLegend ? 30 : 12, bottom: 4, containLabel: true };
  option.tooltip = tooltip(chart, color);
  option.animation = false;
  option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
  return option;
}

function draw(figure, chart) {
  const box = figure.querySelector(".canvas");
  box.style.height = `${heightOf(chart.kind, chart.rows)}px`;
  const plot = window.echarts.init(box, null, { renderer: "canvas" });
  plot.setOption(optionOf(chart, palette(), box.clientWidth));
  if (!isStill()) plot.setOption({ animation: true, animationDuration: 0, animationDurationUpdate: 200 });
  const follow = (row) => chart.links?.[row] && location.assign(chart.links[row]);
  plot.on("click", (mark) => follow(mark.dataIndex));
  plot.getZr().on("click", (event) => {
    if (event.target || chart.kind === "intervals") return;
    const at = plot.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
    if (at && plot.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) follow(Math.round(chart.kind === "bars" ? at[1] : at[0]));
  });
  const watch = new ResizeObserver(() => matchMedia("print").matches || plot.resize());
  watch.observe(box);
  figure.dataset.drawn = "true";
  drawn.set(figure, { plot, chart, watch });
}

// drawAll draws the charts below an element that are not drawn yet.
export function drawAll(root) {
  for (const figure of root.querySelectorAll("figure.chart:not([data-drawn])")) {
    draw(figure, JSON.parse(figure.querySelector('script[type="application/json"]').textContent));
  }
}

// redraw draws all again in the colours of the theme that now holds.
export function redraw() {
  for (const [figure, { plot, chart, watch }] of drawn) {
    watch.disconnect();
    plot.dispose();
    drawn.delete(figure);
    if (figure.isConnected) draw(figure, chart);
  }
}

// The kinds that have no axis of names and values: points, cells, streams and trees.
import { asText, fitted, mix, onColor, widthOf } from "./chart_text.js";
import { axisStyle, hatch, valueAxis } from "./chart_axes.js";

const sized = (values) => {
  const most = Math.max(...values, 0);
  return (x) => (most > 0 && x > 0 ? 6 + 22 * Math.sqrt(x / most) : 6);
};

// The axes cross at zero, so that zero is seen where the values lie on both sides of it.
export function scatter(option, { chart, look }) {
  const [series] = option.series;
  const named = (axis, name, place) => ({ ...axis, name: asText(name, 40), scale: true, max: undefined, boundaryGap: ["4%", "4%"], ...place });
  option.xAxis = named(valueAxis(look, chart.unit), chart.axes[0], { nameLocation: "middle", nameGap: 26 });
  option.yAxis = named(valueAxis(look, chart.second), chart.axes[1], { nameLocation: "end", nameTextStyle: { align: "left", color: look.color("secondary"), fontSize: 12 } });
  for (const axis of [option.xAxis, option.yAxis]) axis.axisLine = { show: true, lineStyle: { color: look.color("open") } };
  option.legend = { show: false };
  option.grid = { left: 6, right: 24, top: 34, bottom: 26, containLabel: true };
  const size = sized((series.data ?? []).map((d) => Number(d.value[2] ?? 0)));
  series.symbolSize = (value) => (value.length > 2 ? size(value[2]) : 9);
  series.itemStyle.opacity = 0.7;
  series.itemStyle.borderColor = look.color("surface");
  const isNamed = (series.data ?? []).length <= 40;
  series.label = { show: isNamed, position: "top", color: look.color("secondary"), fontSize: 11, formatter: (x) => fitted(chart.names[x.dataIndex], 120) };
  series.labelLayout = { hideOverlap: true };
}

// boxOf is the box of a cell, with a gap around it.
const boxOf = (api) => {
  const [width, height] = api.size([1, 1]);
  const [x, y] = api.coord([api.value(0), api.value(1)]);
  return { x: x - width / 2 + 1, y: y - height / 2 + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2) };
};

// A cell is the darker the more; its value stands in it where it fits, else the ramp is explained above.
export function heat(option, { chart, look, names }) {
  const [series] = option.series;
  const hue = series.itemStyle.color;
  const across = (option.xAxis[0] ?? option.xAxis).data ?? [];
  const margin = Math.round(Math.min(look.width * 0.34, Math.max(30, ...names.map(widthOf)) + 8));
  const room = (look.width - margin - 18) / Math.max(1, across.length);
  const data = series.data ?? [];
  const values = data.map((d) => Number(d.value[2]));
  const least = Math.min(...values, 0);
  const most = Math.max(...values, least + Number.EPSILON);
  const color = (x) => mix(mix(look.color("surface"), hue, 0.1), hue, (x - least) / (most - least));
  const format = look.format(chart.unit);
  const fits = values.every((x) => widthOf(format(x)) + 4 <= room);
  // Drawn by hand: cells of ECharts' own lie on a canvas of their own, which is not printed.
  Object.assign(series, {
    type: "custom", encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      const x = api.value(2);
      const fill = color(x);
      return {
        type: "rect", shape: boxOf(api), style: { fill }, emphasis: { style: { stroke: look.color("ink"), lineWidth: 2 } },
        textConfig: { position: "inside" }, textContent: fits ? { type: "text", silent: true, style: { text: format(x), fill: onColor(fill), fontSize: 12, fontFamily: look.font } } : undefined,
      };
    },
  });
  delete series.itemStyle;
  option.visualMap = {
    type: "continuous", show: !fits && values.length > 0, min: least, max: most, calculable: false, orient: "horizontal", right: 8, top: 0, itemWidth: 10, itemHeight: 90,
    inRange: { color: [color(least), color(most)] }, text: [format(most), format(least)], textStyle: { color: look.color("secondary"), fontSize: 12 }, seriesIndex: 0,
    outOfRange: { color: hue }, hoverLink: false,
  };
  option.legend = { show: false };
  const label = { color: look.color("secondary"), fontSize: 12 };
  const plain = { ...axisStyle(look), type: "category", splitLine: { show: false }, axisLine: { show: false } };
  const longest = Math.max(...across.map(widthOf), 0);
  const isRoomy = (across.length <= 8 && longest <= 2 * room - 16) || (across.length <= 16 && longest <= 3 * room - 24);
  const deep = longest > 2 * room - 16 ? 3 : 2; // lines of a name
  const placed = isRoomy
    ? { interval: 0, fontSize: 11, lineHeight: 13, width: Math.max(24, room - 2), overflow: "break", formatter: (x) => fitted(x, deep * room - 16) }
    : { interval: "auto", hideOverlap: true, formatter: (x) => fitted(x, 110) };
  const beyond = isRoomy ? 0 : Math.min(110, widthOf(asText(across.at(-1) ?? "", 80))) / 2 - room / 2;
  option.xAxis = { ...plain, data: across.map((x) => asText(x, 80)), axisLabel: { ...label, ...placed } };
  option.yAxis = { ...plain, data: names, inverse: true, axisLabel: { ...label, interval: 0, formatter: (x) => fitted(x, margin) } };
  option.grid = { left: margin + 10, right: Math.max(8, beyond), top: fits ? 8 : 32, bottom: isRoomy ? 8 + 13 * deep : 24, containLabel: false };
  if (!chart.blanks) return;
  option.series.push({
    id: "blank", type: "custom", data: chart.blanks, encode: { x: 0, y: 1 }, cursor: series.cursor,
    renderItem: (params, api) => {
      const box = boxOf(api);
      return { type: "group", children: [{ type: "rect", shape: box, style: { fill: look.color("page"), stroke: look.color("line") } }, ...hatch(box.x, box.y, box.width, box.height, look)] };
    },
  });
}

// Streams between the same name on both sides are grey: what stayed; the others wear the hue.
export function flow(option, { chart, look }) {
  const [series] = option.series;
  const nameOf = (node) => chart.names[Number(node)];
  const margin = Math.min(look.width * 0.3, Math.max(40, ...chart.names.map((name) => widthOf(asText(name, 40)))) + 46);
  const format = look.format(chart.unit);
  for (const link of series.links ?? []) {
    link.lineStyle = { color: nameOf(link.source) === nameOf(link.target) ? look.color("open") : series.data[0].itemStyle.color, opacity: 0.4 };
  }
  const label = (position) => ({ position, color: look.color("ink"), fontSize: 12, formatter: (node) => `${fitted(nameOf(node.name), margin - 46)}  ${format(node.value)}` });
  Object.assign(series, {
    left: margin, right: margin, top: 26, bottom: 8, nodeWidth: 12, nodeGap: 10, draggable: false, layoutIterations: 0, data: series.data ?? [], links: series.links ?? [],
    levels: [{ depth: 0, label: label("left") }, { depth: 1, label: label("right") }],
    emphasis: { focus: "adjacency", lineStyle: { opacity: 0.75 } },
  });
  const heading = (text, side) => ({ text: asText(text, 40), [side]: 0, top: 0, textStyle: { color: look.color("secondary"), fontSize: 12, fontWeight: "normal" } });
  option.title = [heading(chart.axes[0], "left"), heading(chart.axes[1], "right")];
  option.legend = { show: false };
}

const depthOf = (node) => (node.collapsed || !node.children?.length ? 0 : 1 + Math.max(...node.children.map(depthOf)));

// Nodes that hold more say how many; a root that stands for several is not seen.
export function tree(option, { chart, look }) {
  const [series] = option.series;
  const [root] = series.data;
  const isForest = root.name === "-1";
  const levels = Math.max(1, depthOf(root));
  const shown = isForest ? levels : levels + 1;
  const room = Math.floor((look.width - 24) / shown);
  // The root of a forest lies outside the picture, one step to the left.
  const step = (look.width - 24) / shown;
  Object.assign(series, { left: isForest ? 12 - step : 12, right: look.width - 12 - step * (shown - 1), top: 16, bottom: 8, expandAndCollapse: false, initialTreeDepth: -1, edgeShape: "curve" });
  if (shown === 1) Object.assign(series, { left: 12 - step, right: look.width - 12 });
  const fill = series.itemStyle.color;
  const dress = (node, isTop) => {
    const children = node.children?.length ?? 0;
    const isOpen = children > 0 && !node.collapsed;
    const name = chart.names[Number(node.name)] ?? "";
    const isRest = Number(node.name) >= chart.rows;
    const more = children > 0 && !isOpen && !isRest ? ` +${look.format("count")(children)}` : "";
    node.symbol = children > 0 && !isOpen ? "roundRect" : "circle";
    node.symbolSize = node.name === "-1" ? 0 : children > 0 ? 11 : 7;
    node.itemStyle = { color: isOpen ? look.color("surface") : fill, borderColor: fill, borderWidth: 1.5 };
    node.label = {
      show: node.name !== "-1", color: look.color(isRest ? "accent" : "ink"), fontSize: 12, formatter: () => `${fitted(name, room - 24 - widthOf(more))}${more}`,
      ...(isOpen ? { position: [0, -15], align: "left", backgroundColor: look.color("surface") } : { position: "right", align: "left", distance: 6 }),
    };
    node.lineStyle = { color: look.color("open"), width: isTop && isForest ? 0 : 1, opacity: isTop && isForest ? 0 : 0.7 };
    for (const child of node.children ?? []) dress(child, node === root);
  };
  dress(root, false);
  option.legend = { show: false };
}

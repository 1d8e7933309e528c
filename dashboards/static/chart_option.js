// Dresses the options that the server made: axes, labels, colours and tooltips. It knows no document, so that
// the server draws the same picture. A look is {width, font, color(name), format(unit)}.
import { asText, paint } from "./chart_text.js";
import { kinds } from "./chart_kinds.js";

const isLying = (chart) => ["bars", "stacked", "intervals"].includes(chart.kind);

// rowOf is the row that a mark stands for; undefined for a mark that stands for several.
export function rowOf(chart, mark) {
  if (chart.kind === "flow") return mark.dataType === "edge" ? chart.marks[mark.dataIndex] : undefined;
  if (chart.kind === "tree") return Number(mark.name);
  if (mark.seriesId === "blank") return chart.blanks[mark.dataIndex][2];
  return chart.marks ? chart.marks[mark.dataIndex] : mark.dataIndex;
}

// hasPlaces tells charts where a click beside a mark still means the name it stands at.
export const hasPlaces = (chart) => ["columns", "bars", "stacked", "lines", "band"].includes(chart.kind);

function tipOf(chart, look, mark) {
  const row = rowOf(chart, mark);
  if (chart.tips[row] !== undefined) return chart.tips[row];
  if (chart.kind === "flow") return `${chart.names[Number(mark.name)]}\n${look.format(chart.unit)(mark.value)}`;
  return "";
}

function tooltip(chart, look) {
  return {
    trigger: hasPlaces(chart) ? "axis" : "item", renderMode: "richText", confine: true,
    backgroundColor: look.color("surface"), borderColor: look.color("open"), borderWidth: 1, textStyle: { color: look.color("ink"), fontSize: 12 },
    axisPointer: {
      type: chart.kind === "lines" || chart.kind === "band" ? "line" : "shadow",
      shadowStyle: { color: look.color("shade") }, lineStyle: { color: look.color("line") },
    },
    formatter: (given) => {
      const tip = tipOf(chart, look, Array.isArray(given) ? given[0] : given);
      return tip.split("\n").map((line) => asText(line, 80)).join("\n");
    },
  };
}

const axisOf = (axis) => (Array.isArray(axis) ? axis[0] : axis) ?? {};

function legend(option, look) {
  const named = option.series.filter((s) => s.name && !(s.type === "line" && s.endLabel?.show) && s.type !== "custom");
  const isShown = named.length > 1;
  option.legend = {
    show: isShown, type: "scroll", top: 0, right: 0, itemHeight: 9, itemWidth: 14, selectedMode: false, data: named.map((s) => s.name),
    textStyle: { color: look.color("secondary"), fontSize: 12 },
  };
  return isShown ? 30 : 12;
}

// optionOf is the whole option of a chart as it is drawn in a look.
export function optionOf(chart, look) {
  const option = JSON.parse(JSON.stringify(chart.option));
  for (const unused of ["title", "toolbox", "color", "tooltip", "visualMap"]) delete option[unused];
  paint(option, look.color);
  const names = (axisOf(isLying(chart) || chart.kind === "heat" ? option.yAxis : option.xAxis).data ?? []).map((name) => asText(name, 80));
  for (const series of option.series) {
    series.name = asText(series.name ?? "", 40);
    series.cursor = chart.links.some(Boolean) ? "pointer" : "default";
  }
  option.textStyle = { fontFamily: look.font };
  option.animation = false;
  kinds[chart.kind](option, { chart, look, names, legend: () => legend(option, look) });
  option.tooltip = tooltip(chart, look);
  return option;
}

const leaves = (node) => (node.collapsed || !node.children?.length ? 1 : node.children.reduce((sum, child) => sum + leaves(child), 0));

// heightOf is how many pixels high a chart is.
export function heightOf(chart, width) {
  const several = chart.option.series.length > 1;
  switch (chart.kind) {
    case "bars": case "stacked":
      return Math.max(80, (several && chart.kind === "bars" ? 34 : 28) * chart.rows + (several ? 42 : 14));
    case "intervals":
      return Math.max(80, 26 * chart.rows + 34);
    case "heat": {
      const down = axisOf(chart.option.yAxis).data?.length ?? 1;
      return down * (down <= 4 ? 60 : down <= 8 ? 36 : 26) + 64;
    }
    case "flow":
      return Math.max(200, 46 * chart.rows + 40);
    case "tree":
      return Math.max(80, 34 * leaves(chart.option.series[0].data[0]) + 30);
    case "scatter":
      return Math.max(280, Math.min(420, Math.round(width * 0.5)));
  }
  const most = chart.kind === "band" ? 340 : 280;
  return Math.max(200, Math.min(most, Math.round(width * 0.24))) + (chart.option.series.some((s) => s.yAxisIndex) ? 100 : 0);
}


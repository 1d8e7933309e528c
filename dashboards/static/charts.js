// Draws the charts of a page, lets marks lead on and opens what stands for many.
import { hasPlaces, heightOf, optionOf, rowOf } from "./chart_option.js";
import { formatOf } from "./formats.js";

const drawn = new Map();
let printing = ""; // the theme to go back to after printing

const lookOf = (width) => {
  const style = getComputedStyle(document.documentElement);
  return {
    width, format: formatOf, font: getComputedStyle(document.body).fontFamily,
    color: (name) => style.getPropertyValue(`--${name}`).trim() || style.color,
  };
};

function draw(figure, chart) {
  const box = figure.querySelector(".canvas");
  const width = box.clientWidth;
  const needed = heightOf(chart, width);
  box.style.minHeight = `${needed}px`;
  const room = box.clientHeight; // more where a neighbour is higher
  const height = printing || chart.kind === "tree" ? needed : room;
  const plot = window.echarts.init(box, null, { renderer: "canvas", width, height });
  plot.setOption(optionOf(chart, lookOf(width)));
  plot.on("click", (mark) => press(figure, chart, mark));
  plot.getZr().on("click", (event) => {
    if (event.target || !hasPlaces(chart)) return;
    const at = plot.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
    if (at && plot.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) follow(figure, chart, Math.round(chart.kind === "bars" || chart.kind === "stacked" ? at[1] : at[0]));
  });
  const watch = new ResizeObserver(() => {
    if (!printing && (Math.abs(box.clientWidth - width) > 1 || Math.abs(box.clientHeight - room) > 1)) again(figure);
  });
  watch.observe(box);
  figure.dataset.drawn = "true";
  drawn.set(figure, { plot, chart, watch });
}

// again draws a figure anew: in another width, theme or with more opened.
function again(figure, chart) {
  const old = drawn.get(figure);
  old.watch.disconnect();
  old.plot.dispose();
  drawn.delete(figure);
  if (figure.isConnected) draw(figure, chart ?? old.chart);
}

function follow(figure, chart, row) {
  if (row === chart.rest) return open(figure, true);
  if (chart.links[row]) location.assign(chart.links[row]);
}

function press(figure, chart, mark) {
  if (mark.componentType === "yAxis") return mark.dataIndex === chart.rest && open(figure, true);
  const row = rowOf(chart, mark);
  if (chart.kind === "tree") {
    // The name leads on, the node opens; a name that leads nowhere opens too.
    const isName = mark.event?.target?.type === "text";
    if (!(isName && chart.links[row]) && toggle(chart, chart.option.series[0].data[0], mark.name)) return again(figure);
  }
  follow(figure, chart, row);
}

// toggle opens or closes the node so named, and tells whether it has something to open. What a node for the
// other siblings holds takes its place.
function toggle(chart, node, name) {
  const children = node.children ?? [];
  if (node.name === name && children.length > 0) {
    node.collapsed = !node.collapsed;
    return true;
  }
  const at = children.findIndex((child) => child.name === name && Number(name) >= chart.rows);
  if (at >= 0) return children.splice(at, 1, ...children[at].children).length > 0;
  return children.some((child) => toggle(chart, child, name));
}

const dataOf = (figure) => JSON.parse(figure.querySelector('script[type="application/json"]').textContent);

// open shows all the names of a chart, or again the first few.
function open(figure, isOpen) {
  const chart = dataOf(figure);
  const button = figure.querySelector("button.rest");
  button.setAttribute("aria-expanded", String(isOpen));
  button.textContent = isOpen ? button.dataset.close : button.dataset.open;
  again(figure, isOpen ? chart.whole : chart);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("figure.chart button.rest");
  if (button) open(button.closest("figure"), button.getAttribute("aria-expanded") !== "true");
});

// drawAll draws the charts below an element that are not drawn yet.
export function drawAll(root) {
  for (const figure of root.querySelectorAll("figure.chart:not([data-drawn])")) draw(figure, dataOf(figure));
}

// On paper charts are as wide as the paper and in the light theme's colours, whatever the screen shows.
const paperWidth = "640px";
const redrawAt = (width) => {
  for (const box of document.querySelectorAll("figure.chart .canvas")) box.style.width = width;
  redraw();
};
addEventListener("beforeprint", () => {
  if (printing) return;
  const root = document.documentElement;
  printing = root.dataset.theme;
  root.dataset.theme = "light";
  redrawAt(paperWidth);
});
addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = printing || document.documentElement.dataset.theme;
  printing = "";
  redrawAt("");
});

// redraw draws all again in the colours of the theme that now holds.
export function redraw() {
  for (const figure of [...drawn.keys()]) again(figure);
}

// canvasOf is a drawn chart as a picture, twice as fine as the screen's; nothing where it is not drawn.
export const canvasOf = (figure, background) => drawn.get(figure)?.plot.getRenderedCanvas({ pixelRatio: 2, backgroundColor: background });

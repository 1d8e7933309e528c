// A chart as a picture: what is drawn, with its title and meaning above and what it is about below.
import { canvasOf } from "./charts.js";

const fine = 2;
const edge = 16;

// linesOf breaks a text to a width; what has no spaces, as Chinese, is broken anywhere.
function linesOf(pen, text, width) {
  const lines = [""];
  for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const longer = lines.at(-1) + part;
    if (lines.at(-1) !== "" && pen.measureText(longer.trimEnd()).width > width) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// pictureOf puts the words around a drawn chart.
export function pictureOf(button) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  const chart = canvasOf(button.closest(".panel").querySelector("figure.chart"), color("surface"));
  if (!chart) return null;
  const family = getComputedStyle(document.body).fontFamily;
  const width = chart.width + 2 * edge * fine;
  const page = document.createElement("canvas");
  const pen = page.getContext("2d");
  const { title, meaning, n, note } = button.dataset;
  const blocks = [
    { text: title, font: `650 ${15 * fine}px ${family}`, color: color("ink"), height: 20 * fine },
    { text: [n, meaning].filter(Boolean).join(" · "), font: `${12 * fine}px ${family}`, color: color("secondary"), height: 16 * fine },
    { text: note, font: `${11 * fine}px ${family}`, color: color("secondary"), height: 15 * fine },
  ];
  for (const block of blocks) {
    pen.font = block.font;
    block.lines = linesOf(pen, block.text, width - 2 * edge * fine);
  }
  const heightOf = (some) => some.reduce((sum, block) => sum + block.lines.length * block.height, 0);
  const top = edge * fine + heightOf(blocks.slice(0, 2)) + 8 * fine;
  page.width = width;
  page.height = top + chart.height + heightOf(blocks.slice(2)) + (edge + 8) * fine;
  pen.fillStyle = color("surface");
  pen.fillRect(0, 0, page.width, page.height);
  pen.drawImage(chart, edge * fine, top);
  pen.textBaseline = "top";
  let y = edge * fine;
  for (const block of blocks) {
    if (block.text === note) y = top + chart.height + 8 * fine;
    pen.font = block.font;
    pen.fillStyle = block.color;
    for (const line of block.lines) {
      pen.fillText(line, edge * fine, y);
      y += block.height;
    }
  }
  return page;
}

// offer shows the buttons of pictures, which need this file.
export const offer = (root) => root.querySelectorAll("button.png").forEach((button) => { button.hidden = false; });

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.png");
  const page = button && pictureOf(button);
  if (!page) return;
  page.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
});

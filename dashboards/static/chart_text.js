// Texts and colours of charts. A label is text and nothing else: zrender would read {name|text} as markup.
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]/g;
export const shorten = (text, most) => {
  const letters = Array.from(String(text).replace(unseen, ""));
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
};
export const asText = (text, most) => shorten(text, most).replaceAll("{", "❴").replaceAll("}", "❵");

// widthOf guesses how wide a text of 12 pixels is: Chinese is as wide as high.
export const widthOf = (text) => Array.from(String(text)).reduce((sum, letter) => sum + (letter > "\u2e80" ? 12 : 7), 0);

// fitted shortens a text to a width.
export const fitted = (text, width) => {
  const letters = Array.from(asText(text, 80));
  if (widthOf(letters.join("")) <= width) return letters.join("");
  while (letters.length > 1 && widthOf(letters.join("")) + 12 > width) letters.pop();
  return `${letters.join("")}…`;
};

const channels = (hex) => {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(1);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
};

// mix lies at part t of the way from one colour to another.
export const mix = (from, to, t) => {
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((x, i) => Math.round(x + (b[i] - x) * t).toString(16).padStart(2, "0")).join("")}`;
};

const light = (hex) => {
  const [r, g, b] = channels(hex).map((x) => (x / 255 <= 0.03928 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

// onColor is the one of black and white that is better read on a colour.
export const onColor = (hex) => (light(hex) > 0.179 ? "#000000" : "#ffffff");

// paint puts colours in the place of their names, @name, wherever an option has a colour.
export const paint = (node, color) => {
  if (node === null || typeof node !== "object") return;
  for (const [key, value] of Object.entries(node)) {
    if ((key === "color" || key === "borderColor") && typeof value === "string" && value.startsWith("@")) node[key] = color(value.slice(1));
    else paint(value, color);
  }
};

// What pages do beyond links and forms: draw charts, keep the theme, send forms on change, take dropped files.
import { drawAll, redraw } from "./charts.js";

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = event.detail.elt;
  panel.removeAttribute("aria-busy");
  drawAll(panel);
});

document.addEventListener("change", (event) => event.target.closest("[data-autosubmit]")?.requestSubmit());

// A frame's height is set where the panel lands, so that a jump to an anchor survives panels that arrive later.
const jump = () => location.hash && document.getElementById(location.hash.slice(1))?.scrollIntoView();
let waiting = document.querySelectorAll("[hx-get]").length;
document.addEventListener("htmx:afterOnLoad", () => {
  waiting -= 1;
  if (waiting === 0) jump();
});

for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    const form = document.querySelector("[data-drop]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop") {
      form.querySelector("input[type=file]").files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

// What pages do beyond links and forms: draw charts, keep the theme, send forms on change, take dropped files.
import { drawAll, redraw } from "./charts.js";
import { offer } from "./png.js";

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = event.detail.elt;
  panel.removeAttribute("aria-busy");
  drawAll(panel);
  offer(panel);
});

document.addEventListener("change", (event) => event.target.closest("[data-autosubmit]")?.requestSubmit());
document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());

// A frame's height is set where the panel lands, so that a jump to an anchor survives panels that arrive later.
const jump = () => location.hash && document.getElementById(location.hash.slice(1))?.scrollIntoView();
let waiting = document.querySelectorAll("[hx-get]").length;
document.addEventListener("htmx:afterOnLoad", () => {
  waiting -= 1;
  if (waiting === 0) jump();
});

// Sent by hand so that the sender sees how much is gone and can stop; without this the form works as it is.
const send = (form, files) => {
  const shown = form.querySelector(".progress");
  const request = new XMLHttpRequest();
  const body = new FormData();
  for (const file of files) body.append("file", file);
  request.upload.addEventListener("progress", (event) => {
    shown.querySelector("progress").value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("load", () => {
    // Forms follow a redirect to a page of its own; an error is a page too.
    if (request.status < 400) return location.assign(request.responseURL);
    form.submit();
  });
  request.addEventListener("error", () => form.submit());
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    request.abort();
    shown.hidden = true;
  }, { once: true });
  shown.hidden = false;
  request.open("POST", form.action);
  request.send(body);
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-drop]");
  if (!form) return;
  event.preventDefault();
  send(form, form.querySelector("input[type=file]").files);
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

// The one way markup becomes elements: what htmx fetched from this server, word for word, and the empty
// text with which ECharts clears its own box. Script text and script addresses have no way at all.
const fetched = new Set();

// htmx parses a fragment inside this wrapper.
const before = '<body><template class="internal-htmx-wrapper">';
const after = "</template></body>";

const isFetched = (html) =>
  fetched.has(html) ||
  (html.startsWith(before) && html.endsWith(after) && fetched.has(html.slice(before.length, -after.length)));

if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (html) => (html === "" || isFetched(html) ? html : null),
  });
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr } = event.detail;
  if (new URL(xhr.responseURL).origin !== location.origin) return event.preventDefault();
  fetched.add(xhr.responseText);
});
document.addEventListener("htmx:afterOnLoad", (event) => fetched.delete(event.detail.xhr.responseText));

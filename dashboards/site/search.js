// Lists what the words in the box are found in, best names first. The entries come with the page: nothing is asked of a server.
(() => {
  const box = document.getElementById('search'), list = document.getElementById('found'), up = document.body.dataset.home;
  const look = () => {
    const wanted = box.value.trim().toLowerCase();
    list.replaceChildren();
    if (!wanted) return;
    const found = window.hits
      .map(hit => ({ hit, at: hit.n.toLowerCase().indexOf(wanted), in: hit.t.toLowerCase().indexOf(wanted) }))
      .filter(found => found.at >= 0 || found.in >= 0)
      .sort((a, b) => (a.at < 0) - (b.at < 0) || a.hit.n.length - b.hit.n.length)
      .slice(0, 20);
    for (const { hit } of found) {
      const row = document.createElement('li'), link = document.createElement('a'), text = document.createElement('span');
      link.href = up + hit.p;
      link.textContent = hit.n;
      text.textContent = hit.t;
      row.append(link, text);
      list.append(row);
    }
  };
  box.addEventListener('input', look);
  box.addEventListener('keydown', event => { if (event.key === 'Escape') { box.value = ''; look(); } });
})();

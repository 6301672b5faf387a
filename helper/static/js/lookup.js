// Results as you type: the page's own result list, fetched as HTML and swapped in place.

export function enhanceLookup(root) {
  const form = root.querySelector("form[data-live]");
  if (!form) return;
  const input = form.querySelector("input[type=search]");
  const target = document.querySelector(form.dataset.live);
  if (!input || !target) return;
  let latest = 0;
  let timer;
  const run = async () => {
    const number = ++latest;
    const query = input.value.trim();
    const url = new URL(form.action);
    url.searchParams.set("q", query);
    const shown = new URL(location.href);
    query ? shown.searchParams.set("q", query) : shown.searchParams.delete("q");
    history.replaceState(null, "", shown.pathname + shown.search);
    url.searchParams.set("part", "results");
    try {
      const response = await fetch(url, { headers: { Accept: "text/html" } });
      if (!response.ok || number !== latest) return;
      target.innerHTML = await response.text();
    } catch {
      // offline: what is on the page stays; pressing Enter still asks the server
    }
  };
  input.addEventListener("input", (event) => {
    if (event.isComposing) return; // a Chinese input method is still choosing
    clearTimeout(timer);
    timer = setTimeout(run, 90);
  });
  input.addEventListener("compositionend", run);
}

// Forms and links of the practice stage: fetched and swapped in place, without a page load.
// If the fetch fails the form is sent again with the same key, so nothing counts twice; an answer
// that cannot be sent at all joins the queue that is sent when the network is back.
import { queueReview } from "./practice-store.js";

function reviewOf(data) {
  const numbered = [...data.keys()].filter((name) => name.startsWith("answer-"));
  return {
    key: data.get("key"),
    item: data.get("item"),
    kind: data.get("kind"),
    seed: Number(data.get("seed")),
    answer: numbered.length ? numbered.map((name) => data.get(name)) : data.getAll("answer"),
    duration_ms: Number(data.get("took")) || null,
    answered_at: new Date().toISOString(),
  };
}

export function enhanceSwap(stage, enhance) {
  const show = (html, url) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.querySelector("#stage");
    if (!fresh) {
      location.assign(url);
      return;
    }
    stage.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    enhance();
    (stage.querySelector("#typed") || stage.querySelector("h1"))?.focus();
    window.scrollTo(0, 0);
  };

  const load = async (url, options, fallback) => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        const response = await fetch(url, { ...options, headers: { Accept: "text/html" } });
        show(await response.text(), response.url);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 400 * (attempt + 1)));
      }
    }
    fallback();
  };

  stage.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-answer-form], [data-swap]") || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const data = new FormData(form, event.submitter);
    const url = new URL(form.getAttribute("action"), location.href);
    if (form.method === "get") {
      url.search = new URLSearchParams(data).toString();
      load(url, {}, () => location.assign(url));
    } else {
      load(url, { method: "POST", body: data }, async () => {
        if (form.matches("[data-answer-form]")) await queueReview(reviewOf(data)).catch(() => {});
        location.assign("/practice");
      });
    }
  });

  stage.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    // without a network the start page goes on with what the device has kept
    const session = new URL(link.href).pathname.startsWith("/practice/session");
    load(link.href, {}, () => location.assign(session ? "/practice" : link.href));
  });
}

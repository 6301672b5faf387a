// Forms and links of the practice stage: fetched and swapped in place, without a page load.
// If the network or the server fails the form is sent again with the same key, so nothing counts
// twice; an answer that cannot be sent at all joins the queue for when the network is back.
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

// The server failed or has too much to do: the same request may succeed a moment later.
const passing = (status) => status >= 500 || status === 429;

export function enhanceSwap(stage, enhance) {
  const show = (part, title) => {
    stage.replaceChildren(...part.childNodes);
    document.title = title;
    enhance();
    const heading = stage.querySelector("h1");
    if (heading) heading.tabIndex = -1;
    (stage.querySelector("#typed") || heading)?.focus();
    window.scrollTo(0, 0);
  };

  /** Null once a page is shown, be it a refusal; else the server's page about its own failure. */
  const load = async (url, options) => {
    let failure = {};
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (attempt) await new Promise((resolve) => setTimeout(resolve, 400 * attempt));
      try {
        const response = await fetch(url, { ...options, headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const part = page.querySelector(response.ok ? "#stage" : "#main");
        if (part && !passing(response.status)) {
          show(part, page.title);
          return null;
        }
        // a form is always answered with a redirect: another page is not from this server
        if (response.ok && (response.redirected || !options.method)) {
          location.assign(response.url);
          return null;
        }
        failure = response.ok ? {} : { part, title: page.title };
      } catch {
        failure = {};
      }
    }
    return failure;
  };

  const giveUp = ({ part, title }, url) => (part ? show(part, title) : location.assign(url));

  stage.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-answer-form], [data-swap]") || event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const data = new FormData(form, event.submitter);
    const url = new URL(form.getAttribute("action"), location.href);
    const get = form.method === "get";
    if (get) url.search = new URLSearchParams(data).toString();
    const failure = await load(url, get ? {} : { method: "POST", body: data });
    if (!failure) return;
    const kept = form.matches("[data-answer-form]")
      && (await queueReview(reviewOf(data)).then(() => true, () => false));
    if (kept) location.assign("/practice");
    else giveUp(failure, get ? url : "/practice");
  });

  stage.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const failure = await load(link.href, {});
    // without a network the start page goes on with what the device has kept
    const session = new URL(link.href).pathname.startsWith("/practice/session");
    if (failure) giveUp(failure, session ? "/practice" : link.href);
  });
}

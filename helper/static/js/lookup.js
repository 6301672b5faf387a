// Results as you type, from the index that the page keeps; the server is asked for dictionary
// words only, or for everything while the index is not there yet. Nothing is asked while a
// Chinese input method is still choosing.
import { PageIndex } from "./index-search.js";

const LIMIT = 20;
let loading;

/** The index of the files at ``urls``, fetched once for all forms. */
export function pageIndex(urls) {
  loading ??= Promise.all(
    urls.map((url) => fetch(url).then((response) => (response.ok ? response.json() : Promise.reject(response)))),
  ).then((files) => PageIndex.build(files));
  return loading;
}

function element(name, className, text, lang) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (lang) made.lang = lang;
  return made;
}

/** One result as templates/_macros.html writes it (macro "hit"). */
function item(entry, others, says) {
  const link = element("a", "item");
  link.href = says.entry.replace("ID", encodeURIComponent(entry.id));
  const main = element("span", "item-main");
  main.append(element("span", "item-hanzi", entry.hanzi, "zh-Hans"), " ", element("span", "pinyin", entry.pinyin));
  const where = [says.kinds[entry.kind]];
  if (entry.place && ["term", "phrase"].includes(entry.kind)) where.push(says.places[entry.place] ?? entry.place);
  if (others) where.push((others === 1 ? says.also1 : says.also2).replace("2", others));
  link.append(main, " ", element("span", "item-english", entry.english), " ", element("span", "small muted", where.join(" · ")));
  const row = element("li");
  row.append(link);
  return row;
}

class Live {
  constructor(form, input, target) {
    Object.assign(this, { form, input, target, says: JSON.parse(form.dataset.says), index: null, latest: 0 });
    this.browse = input.defaultValue ? null : target.innerHTML;
    this.status = form.querySelector("[role=status]");
    input.addEventListener("input", (event) => event.isComposing || this.run());
    input.addEventListener("compositionend", () => this.run());
    form.addEventListener("submit", (event) => {
      if (!this.index || !input.value.trim()) return;
      event.preventDefault();
      this.run();
      input.blur(); // puts the keyboard away: the results are there
    });
    pageIndex(form.dataset.index.split(" ")).then((index) => {
      this.index = index;
      form.dataset.ready = "yes";
      if (input.value !== input.defaultValue) this.run();
    }, () => {});
    // the page that the service worker kept knows nothing of the query in the address
    const asked = new URL(location.href).searchParams.get("q");
    if (asked && !input.value) {
      input.value = asked;
      this.run();
    }
  }

  run() {
    const number = ++this.latest;
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    const shown = new URL(location.href);
    if (query) shown.searchParams.set("q", query);
    else shown.searchParams.delete("q");
    history.replaceState(null, "", shown);
    const current = () => number === this.latest;
    if (!query && this.browse !== null) this.target.innerHTML = this.browse;
    else if (!query || !this.index) this.timer = setTimeout(() => this.#ask(query, current), 90);
    else this.#show(query, current);
  }

  /** The server's own list, while the page has no index. */
  async #ask(query, current) {
    const url = new URL(this.form.action);
    url.searchParams.set("q", query);
    url.searchParams.set("part", "results");
    try {
      const response = await fetch(url, { headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const list = await response.text();
      if (current()) this.target.innerHTML = list;
    } catch {
      // offline: what is on the page stays
    }
  }

  #show(query, current) {
    const { hits, nearest } = this.index.search(query, LIMIT);
    const list = element("ul", "list");
    for (const { entry, same } of hits) list.append(item(entry, same.length, this.says));
    const note = (text) => element("p", "note", text);
    const nothing = note(this.says.nothing.replace("{query}", query));
    if (!hits.length) this.target.replaceChildren(nothing);
    else this.target.replaceChildren(...(nearest ? [note(this.says.nearest), list] : [list]));
    this.#count(hits.length);
    const good = nearest ? 0 : hits.length;
    this.timer = setTimeout(() => this.#dictionary(query, list, good, current), 220);
  }

  async #dictionary(query, list, good, current) {
    const url = new URL(this.form.dataset.words, location.href);
    url.searchParams.set("q", query);
    url.searchParams.set("limit", LIMIT);
    try {
      const response = await fetch(url);
      if (!response.ok) return;
      const found = await response.json();
      if (!current()) return;
      const known = new Set([...list.querySelectorAll(".item-hanzi")].map((one) => one.textContent));
      const extra = found.results.filter((one) => one.kind === "word" && !known.has(one.hanzi));
      if (!extra.length) return;
      if (!good) list.replaceChildren(); // words that fit instead of entries that were only near
      // words that are just what was typed stand first, as the server has them
      const content = found.results.findIndex((one) => one.kind !== "word");
      const leading = extra.filter((one) => content < 0 || found.results.indexOf(one) < content);
      list.prepend(...leading.map((one) => item(one, 0, this.says)));
      for (const one of extra.slice(leading.length)) list.append(item(one, 0, this.says));
      this.target.replaceChildren(list);
      this.#count(list.childElementCount);
    } catch {
      // offline: the glossary's answer stands
    }
  }

  #count(number) {
    if (!this.status) return;
    this.status.textContent = (number === 1 ? this.says.count1 : this.says.count2).replace("2", number);
  }
}

export function enhanceLookup(root) {
  const form = root.querySelector("form[data-live]");
  const input = form?.querySelector("input[type=search]");
  const target = form && document.querySelector(form.dataset.live);
  if (input && target) new Live(form, input, target);
}

// Practice without a network: questions kept on the device, answers queued and sent in order.
import { forget, keepSession, keptSession, queueAnswer, queued } from "./practice-store.js";
import { isRight } from "./practice-grade.js";

const COUNT = 40;
const PATIENCE = 2500; // milliseconds that a tap waits to learn whether the server can be reached
let sending = null;

// Send what waits, oldest first; each answer keeps its key, so a repeated sending counts once.
export function sync() {
  sending ??= send().finally(() => (sending = null));
  return sending;
}

async function send() {
  for (;;) {
    const waiting = (await queued()).slice(0, 50);
    if (!waiting.length) return true;
    const response = await fetch("/api/practice/reviews", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ reviews: waiting.map((one) => one.review) }),
    });
    if (!response.ok) return false;
    const { results } = await response.json();
    const settled = new Set(results.map((result) => result.key));
    const done = waiting.filter((one) => settled.has(one.review.key));
    if (!done.length) return false;
    await forget(done.map((one) => one.id));
  }
}

async function download() {
  const response = await fetch(`/api/practice/session?count=${COUNT}`, {
    headers: { Accept: "application/json" },
  });
  if (!response.ok) return null;
  const session = await response.json();
  await keepSession(session);
  return session;
}

// Ask for everything that this page has loaded once more, so that the service worker keeps it.
async function warm() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => {
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
      setTimeout(resolve, 3000);
    });
  }
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  await Promise.allSettled(
    [...new Set(loaded)].filter((url) => url.includes("/static/")).map((url) => fetch(url)),
  );
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Offline {
  constructor(stage, texts, enhance) {
    Object.assign(this, { stage, texts, enhance });
  }

  async next() {
    this.session = await keptSession();
    const question = this.session?.questions?.[0];
    if (!question) {
      this.show("done", element("h1", { tabindex: "-1" }, this.session ? this.texts.done : this.texts.empty),
        element("p", {}, element("a", { class: "button", href: "/practice" }, this.texts.home)));
    } else if (question.fresh && this.introduced !== question.item) {
      this.introduced = question.item;
      this.introduce(question);
    } else {
      this.ask(question);
    }
  }

  show(kind, ...children) {
    const article = element("article", { class: "exercise stack", "data-exercise": kind, "data-offline": "" }, ...children);
    this.stage.replaceChildren(article);
    this.enhance();
    article.querySelector("#typed, h1")?.focus();
  }

  button(text, action, attributes = {}) {
    const made = element("button", { type: "button", class: "button", ...attributes }, text);
    made.addEventListener("click", action);
    return made;
  }

  /** Hidden until practice-sound.js finds a voice or a recording for it. */
  sound(text, audio, style) {
    return element("button", { type: "button", class: style, "data-say": text, "data-audio": audio || "", "data-rate": "0.85", "aria-label": this.texts.play, hidden: "" }, "▶");
  }

  about({ about, audio_url: audio }) {
    return [
      element("p", { class: "prompt", lang: "zh-Hans" }, about.hanzi),
      element("p", { class: "pinyin" }, about.pinyin),
      element("p", { class: "answer-english" }, about.english),
      this.sound(about.hanzi, audio, "button small"),
    ];
  }

  introduce(question) {
    this.show("new", element("h1", { tabindex: "-1" }, this.texts.new), ...this.about(question),
      element("p", {}, this.button(this.texts.go, () => this.ask(question), { class: "button primary", id: "go" })));
  }

  ask(question) {
    this.shown = Date.now();
    const parts = [element("h1", { class: "instruction", tabindex: "-1" }, question.instruction)];
    if (question.hanzi) parts.push(element("p", { class: "prompt", lang: "zh-Hans" }, question.hanzi));
    if (question.pinyin) parts.push(element("p", { class: "pinyin" }, question.pinyin));
    if (question.english) parts.push(element("p", { class: "answer-english" }, question.english));
    if (question.audio) {
      parts.push(this.sound(question.audio, question.audio_url, "button"));
    }
    parts.push(...this[question.form](question));
    if (question.form !== "self") {
      parts.push(this.button(this.texts.dont, () => this.answer(question, []), { class: "button quiet small" }));
    }
    this.show(question.kind, ...parts);
  }

  choice(question) {
    const list = element("ol", { class: "options" });
    for (const option of question.options) {
      const shown = [option.hanzi, option.pinyin, option.english].filter(Boolean);
      const made = this.button("", () => this.answer(question, [option.value]), { class: "option" });
      made.append(...shown.map((text) => element("span", {}, text)));
      list.append(element("li", {}, made));
    }
    return [list];
  }

  typed(question) {
    const input = element("input", { id: "typed", type: "text", "aria-label": this.texts.pinyin, autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    const form = element("form", { class: "stack" }, input, element("button", { class: "button primary", id: "check" }, this.texts.check));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answer(question, [input.value]);
    });
    return [form];
  }

  tones(question) {
    const form = element("form", { class: "stack" });
    question.syllables.forEach((syllable, n) => {
      const row = element("fieldset", { class: "tone-row" }, element("legend", {}, syllable));
      for (const tone of "12345") {
        row.append(element("label", { class: "tone-pick" }, element("input", { type: "radio", name: `answer-${n}`, value: tone, required: "" }), element("span", {}, tone)));
      }
      form.append(row);
    });
    form.append(element("button", { class: "button primary", id: "check" }, this.texts.check));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form);
      this.answer(question, question.syllables.map((_, n) => data.get(`answer-${n}`) || ""));
    });
    return [form];
  }

  order(question) {
    const line = element("div", { class: "order-line" });
    const tiles = element("div", { class: "tiles" });
    for (const option of question.options) {
      const tile = element("button", { type: "button", class: "tile", "data-value": option.value, lang: "zh-Hans" }, option.hanzi);
      tile.addEventListener("click", () => {
        (tile.parentElement === line ? tiles : line).append(tile);
        tile.focus();
      });
      tiles.append(tile);
    }
    const check = this.button(this.texts.check, () =>
      this.answer(question, [...line.children].map((tile) => tile.dataset.value)), { class: "button primary", id: "check" });
    return [line, tiles, check];
  }

  self(question) {
    const ratings = element("div", { class: "ratings", hidden: "" });
    [this.texts.again, this.texts.hard, this.texts.good, this.texts.easy].forEach((text, n) =>
      ratings.append(this.button(text, () => this.answer(question, [String(n + 1)]))));
    const back = element("div", { hidden: "" }, ...this.about(question));
    const turn = this.button(this.texts.turn, () => {
      back.hidden = ratings.hidden = false;
      turn.hidden = true;
    });
    return [turn, back, ratings];
  }

  async answer(question, values) {
    const review = {
      key: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      item: question.item, kind: question.kind, seed: question.seed, answer: values,
      session: this.session.session, duration_ms: Math.min(Date.now() - this.shown, 600000),
      answered_at: new Date().toISOString(),
    };
    this.session = { ...this.session, questions: this.session.questions.slice(1) };
    await queueAnswer(review, this.session);
    sync().catch(() => {});
    const right = isRight(question, values);
    const verdict = element("div", { class: `verdict ${right ? "good" : "bad"}`, role: "status" }, element("h1", { tabindex: "-1" }, right ? this.texts.right : this.texts.wrong));
    this.show("outcome", verdict, ...this.about(question),
      element("p", {}, this.button(this.texts.next, () => this.next(), { class: "button primary", id: "next" })));
  }
}

async function reachable() {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/api/practice/summary", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

export async function startOffline(stage, enhance) {
  const texts = document.querySelector("#offline-texts");
  window.addEventListener("online", () => sync().catch(() => {}));
  if (!window.indexedDB || !texts) {
    sync().catch(() => {});
    return;
  }
  const words = texts.dataset;
  const note = stage.querySelector("[data-offline-note]");
  const state = stage.querySelector("[data-offline-state]");
  const show = (text, n) => {
    if (!state) return;
    state.textContent = text.replace("{n}", String(n));
    state.hidden = false;
  };
  let there; // whether the server can be reached; undefined until that is known
  const asked = reachable().then((found) => (there = found));
  const start = stage.querySelector("#start")?.closest("form");
  let waiting = false, online = false;
  start?.addEventListener("submit", async (event) => {
    if (navigator.onLine && (there || online)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    const { submitter } = event;
    waiting = true;
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    // a server that is only slow is still better than nothing at all
    const nothing = there === undefined && !(await keptSession().catch(() => null));
    waiting = false;
    online = navigator.onLine && (there || nothing);
    if (online) start.requestSubmit(submitter);
    else new Offline(stage, words, enhance).next();
  }, { capture: true });
  if (await asked) {
    if (await sync().catch(() => false)) {
      const session = await download().catch(() => null);
      await warm().catch(() => {});
      if (session) show(state?.dataset.ready ?? "", session.questions.length);
      return;
    }
  } else if (note) {
    note.hidden = false;
  }
  const unsent = await queued();
  if (unsent.length) show(state?.dataset.waiting ?? "", unsent.length);
}

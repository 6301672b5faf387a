// The composer: streams the post in, and sends every change of it to the server to be checked.
import { enhanceCopy, toast } from "./copy.js";
import { hasVoice } from "./speak.js";
import { appCount, setMeter } from "./compose-count.js";
import { events } from "./compose-stream.js";
import { enhanceHistory, forgetWording, keepDraft, keepWording, wordingOf } from "./compose-history.js";

const root = document.querySelector("#compose");
const $ = (selector) => root.querySelector(selector);
const draft = $("#draft"), form = $("#post-form"), cards = $("#cards"), panel = $("#post");
const say = (text) => ($("#said").textContent = text);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
// what one page leaves to the next in sessionStorage: the id of its draft, and the whole post
const DRAFT = "compose-draft", LEFT = "compose-left";
let running = null; // the AbortController of the stream in progress
let current = null; // id of the draft in the history; "" once it was deleted there
let typed = []; // tags that the draft's own text brought
let posts = 0; // how many posts the page has begun to show
let newest = 0; // number of the newest change of the post
let updating = null; // the AbortController of an update under way
let turn = Promise.resolve(); // settles when every change asked for is made

function enhance(part) {
  enhanceCopy(part);
  for (const button of part.querySelectorAll("[data-speak]")) button.hidden = !hasVoice();
}

function element(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return box.content.firstElementChild;
}

/** A field that a form sends and nobody sees. */
function held(name, value) {
  const field = document.createElement("textarea");
  field.name = name;
  field.value = value;
  field.hidden = true;
  return field;
}

function problem(text) {
  $("#problem").textContent = text;
  $("#problem").hidden = !text;
}

function fields() {
  const data = new FormData(form);
  data.set("title", draft.elements.title.value);
  data.set("text", draft.elements.text.value);
  return data;
}

// The link at the post's head to the first sentence that is to be checked.
function doubts() {
  const flagged = cards.querySelectorAll(".flagged"), link = $("#to-check");
  if (!link) return;
  link.hidden = !flagged.length;
  link.textContent = fill(link.dataset.text, { count: flagged.length });
  link.href = `#${flagged[0]?.id ?? ""}`;
}

const ticked = () => new FormData(form).getAll("tag");
const layout = () => new FormData(form).get("layout");

// Half of the sentences in the cards still stand in the draft: the same draft, only changed.
function goesOn() {
  const now = `${draft.elements.title.value}\n${draft.elements.text.value}`;
  const known = [...cards.querySelectorAll(".sentence [name=source]")].map((field) => field.value);
  return known.filter((english) => now.includes(english)).length * 2 >= known.length;
}

const summary = () => fill(root.dataset.done, { count: cards.querySelectorAll(".flagged").length });

/** What is on the page, as the history keeps it and `load` shows it again. */
function shown() {
  const value = (name) => draft.elements[name].value;
  const rows = [...cards.children].map((card) => Object.fromEntries(
    ["part", "source", "english", "was", "chinese", "before", "after", "edited"]
      .map((name) => [name, card.querySelector(`[name="${name}"]`).value])));
  return {
    id: current, when: Date.now(), title: value("title"), text: value("text"),
    layout: layout() ?? "chinese", tags: ticked(),
    offered: new FormData(form).getAll("offered"), rows,
  };
}

async function remember() {
  if (!cards.childElementCount || current === "") return;
  current ??= crypto.randomUUID?.() ?? String(Date.now());
  try {
    await keepDraft(shown());
    refresh();
  } catch {
    // no IndexedDB here: the page works, only nothing is kept
  }
}

const reason = (error) =>
  error instanceof TypeError ? root.dataset.broken : error.message || root.dataset.failed;

// — streaming a new post —

/**
 * Empties the page for the post that comes; returns the own wordings that stood in it. Layout and
 * tags stay in the form, for a change of the first sentences while the last ones are still to come.
 */
function clear(same, tags) {
  const own = ownWordings();
  posts += 1;
  updating?.abort();
  if (!current || !same) current = null;
  typed = [];
  $("#empty")?.remove();
  const chosen = tags.map((tag) => held("tag", tag));
  panel.replaceChildren(...(layout() ? [held("layout", layout())] : []), ...chosen);
  cards.replaceChildren();
  form.hidden = false;
  return own;
}

/** Sets the choices in the panel as they were made before it came. */
function choose(style, tags) {
  const radio = panel.querySelector(`[name=layout][value="${style}"]`);
  if (radio) radio.checked = true;
  const boxes = [...panel.querySelectorAll("[name=tag]")];
  for (const box of boxes) box.checked = tags.includes(box.value);
  const missing = tags.filter((tag) => !boxes.some((box) => box.value === tag));
  panel.append(...missing.map((tag) => held("tag", tag)));
}

async function stream(event) {
  event.preventDefault();
  running?.abort();
  const mine = (running = new AbortController());
  problem("");
  $("#progress").hidden = false;
  const bar = $("#bar");
  bar.value = 0;
  bar.max = 1;
  let seen = { number: 0, total: 0 };
  let own = null; // the wordings that stood in the page, from when the answer begins
  try {
    await turn; // what was asked of the post that is there comes first
    const same = goesOn();
    const chosen = () => (same ? ticked().filter((tag) => !typed.includes(tag)) : []);
    const sent = chosen(), before = newest;
    const body = new URLSearchParams(new FormData(draft));
    if (layout()) body.set("layout", layout());
    for (const tag of sent) body.append("tag", tag);
    let complete = false, changed = false;
    for await (const { name, data } of events(root.dataset.stream, body, mine.signal)) {
      if (name === "problem") throw new Error(data.detail);
      // not before: the post that is there, perhaps corrected by hand, outlives a failure
      own ??= clear(same, chosen());
      if (name === "sentence") {
        seen = data;
        bar.max = data.total;
        bar.value = data.number;
        $("#doing").textContent = fill(root.dataset.doing, data);
        const card = element(data.html);
        cards.append(card);
        enhance(card);
      } else {
        complete = true;
        changed = newest !== before;
        newest += 1; // an answer under way does not know the last sentences
        const style = layout(), tags = ticked();
        panel.innerHTML = data.html;
        typed = ticked().filter((tag) => !sent.includes(tag));
        if (changed) choose(style, [...typed, ...tags]);
        enhance(panel);
        doubts();
      }
    }
    if (!complete) throw new TypeError("the stream broke off");
    const put = await putBack(own);
    if ((put || changed) && (await send("update")) && put) toast(root.dataset.yours);
    say(summary());
    remember();
  } catch (error) {
    if (running !== mine) return;
    const update = own && send("update"); // the post of the sentences that came
    if (mine.signal.aborted) {
      const told = fill(root.dataset.stopped, seen);
      say(told);
      toast(told);
    } else {
      await update;
      problem(reason(error));
    }
  } finally {
    if (running === mine) {
      running = null;
      $("#progress").hidden = true;
    }
  }
}

// — changes of the post —

// One after the other, for each starts from what the one before it made. An update says only what
// the fields say, so a newer change takes its place.
function send(action, card) {
  const number = (newest += 1), post = posts;
  updating?.abort();
  card?.classList.add("busy");
  const isNewest = () => number === newest, isOver = () => post !== posts;
  const sent = turn.then(() => change(action, card, isNewest, isOver));
  turn = sent;
  return sent;
}

async function change(action, card, isNewest, isOver) {
  if (isOver() || (action === "update" && !isNewest())) return false;
  const data = fields(), mine = new AbortController();
  data.set("do", action);
  if (action === "update") updating = mine;
  if (card) say(root.dataset.working);
  try {
    const response = await fetch(root.dataset.revise, {
      method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" },
      signal: mine.signal,
    });
    const answer = await response.json().catch(() => ({})); // a proxy answers with a page
    if (isOver() || mine.signal.aborted) return false;
    if (!answer.cards) throw new Error(answer.detail);
    const focused = document.activeElement;
    for (const [at, html] of Object.entries(answer.cards)) {
      const old = cards.children[at], fresh = element(html);
      // Safari does not focus the button that was tapped
      const tapped = at === card?.dataset.at && focused === document.body;
      const within = tapped || old.contains(focused);
      old.replaceWith(fresh);
      enhance(fresh);
      if (within) fresh.focus({ preventScroll: true });
    }
    // what was chosen since then is in the panel that is there, and in the next change
    if (isNewest()) renew(answer.post);
    problem("");
    if (card) say(summary());
    return true;
  } catch (error) {
    if (!isOver() && !mine.signal.aborted) problem(reason(error));
    return false;
  } finally {
    if (updating === mine) updating = null;
    card?.classList.remove("busy");
  }
}

/** Puts the new panel in the old one's place; the focus stays where it was. */
function renew(html) {
  const old = panel.contains(document.activeElement) && document.activeElement;
  panel.innerHTML = html;
  enhance(panel);
  doubts();
  if (!old) return;
  const same = (one) => (old.name
    ? one.name === old.name && one.value === old.value
    : one.textContent === old.textContent);
  [...panel.querySelectorAll(old.localName)].find(same)?.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const card = button?.closest(".sentence");
  const at = card ? [...cards.children].indexOf(card) : -1;
  const [verb] = (button?.value ?? "update").split(" ");
  if (verb === "english") card.querySelector("[name=chinese]").value = card.querySelector("[name=was]").value;
  if (verb === "chinese") card.querySelector("[name=english]").value = card.querySelector("[name=source]").value;
  const english = card?.querySelector("[name=source]").value;
  // "Use and check" without a change is a wish to have it checked again
  const value = verb === "chinese" ? `pick ${at} ${card.querySelector("[name=chinese]").value}` : button?.value ?? "update";
  if (!(await send(value, card)) || !card) return;
  const fresh = cards.children[at];
  if (verb === "machine" || verb === "english") forgetWording(english).catch(() => {});
  else keepWording(english, fresh.querySelector("[name=chinese]").value).catch(() => {});
  remember();
});

form.addEventListener("change", async (event) => {
  if (event.target.name !== "layout" && event.target.name !== "tag") return;
  if (await send("update")) remember();
});

form.addEventListener("input", (event) => {
  if (event.target.name !== "chinese") return;
  // the count as it would be, before the sentence is checked
  const card = event.target.closest(".sentence");
  const meter = panel.querySelector(`[data-meter="${card.querySelector("[name=part]").value}"]`);
  if (!meter) return;
  const change = [...cards.querySelectorAll(".sentence")]
    .filter((other) => other.querySelector("[name=part]").value === meter.dataset.meter)
    .reduce((sum, other) => sum + appCount(other.querySelector("[name=chinese]").value)
      - appCount(other.querySelector("[name=was]").value), 0);
  setMeter(meter, Number(meter.dataset.count) + change);
});

// — own wordings, from this draft and earlier ones —

// Wordings that stand in the page now win over those of earlier drafts.
function ownWordings() {
  const kept = new Map();
  for (const card of cards.querySelectorAll(".sentence"))
    if (card.querySelector("[name=edited]").value)
      kept.set(card.querySelector("[name=source]").value, card.querySelector("[name=chinese]").value);
  return kept;
}

/** Puts own wordings into the fields; whether there were any. A choice made since then stays. */
async function putBack(kept) {
  await turn;
  let any = false;
  for (const card of [...cards.querySelectorAll(".sentence")]) {
    const value = (name) => card.querySelector(`[name=${name}]`).value;
    const english = value("source");
    const own = kept.get(english) ?? (await wordingOf(english).catch(() => undefined));
    if (!own || own === value("chinese")) continue;
    if (value("edited") || value("chinese") !== value("was")) continue;
    card.querySelector("[name=chinese]").value = own;
    any = true;
  }
  return any;
}

async function load(kept) {
  current = kept.id;
  draft.elements.title.value = kept.title;
  draft.elements.text.value = kept.text;
  draft.elements.text.dispatchEvent(new Event("input"));
  // shown as it was: the page of the server, with the wordings that were kept
  const page = document.createElement("form");
  page.method = "post";
  page.action = root.dataset.revise;
  const add = (name, value) => page.append(held(name, value));
  add("title", kept.title);
  add("text", kept.text);
  add("layout", kept.layout);
  add("do", "update");
  for (const tag of kept.tags) add("tag", tag);
  for (const tag of kept.offered ?? kept.tags) add("offered", tag);
  for (const row of kept.rows) for (const [name, value] of Object.entries(row)) add(name, value);
  page.hidden = true;
  document.body.append(page);
  // the next page goes on with the same draft; a post that was never kept has none
  if (kept.id !== null) sessionStorage.setItem(DRAFT, kept.id);
  page.submit();
}

// a draft that was deleted is kept again only when it is put into Chinese again
const gone = (id) => (current = id === undefined || id === current ? "" : current);
const refresh = enhanceHistory(root, { load, gone }, root.dataset.untitled, root.dataset.sure);
if (cards.childElementCount) current = sessionStorage.getItem(DRAFT);
sessionStorage.removeItem(DRAFT);
// changing the language loads the page anew: the post is shown again, with all that was chosen
const left = sessionStorage.getItem(LEFT);
sessionStorage.removeItem(LEFT);
if (left && !cards.childElementCount) load(JSON.parse(left));
document.querySelector(".switch form").addEventListener("submit", () => {
  if (cards.childElementCount) sessionStorage.setItem(LEFT, JSON.stringify(shown()));
});
draft.addEventListener("submit", stream);
$("#cancel").addEventListener("click", () => running?.abort());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && draft.contains(event.target)) draft.requestSubmit();
});

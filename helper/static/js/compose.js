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
let running = null; // the AbortController of the stream in progress
let current = null; // id of the draft in the history; "" once it was deleted there
let typed = []; // tags that the draft's own text brought

function enhance(part) {
  enhanceCopy(part);
  for (const button of part.querySelectorAll("[data-speak]")) button.hidden = !hasVoice();
}

function element(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return box.content.firstElementChild;
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

const ticked = () => [...form.querySelectorAll("[name=tag]:checked")].map((box) => box.value);

// Half of the sentences in the cards still stand in the draft: the same draft, only changed.
function goesOn() {
  const now = `${draft.elements.title.value}\n${draft.elements.text.value}`;
  const known = [...cards.querySelectorAll(".sentence [name=source]")].map((field) => field.value);
  return known.filter((english) => now.includes(english)).length * 2 >= known.length;
}

const summary = () => fill(root.dataset.done, { count: cards.querySelectorAll(".flagged").length });

async function remember() {
  const value = (name) => draft.elements[name].value;
  if (!cards.childElementCount || current === "") return;
  current ??= crypto.randomUUID?.() ?? String(Date.now());
  const rows = [...cards.children].map((card) => Object.fromEntries(
    ["part", "source", "english", "was", "chinese", "before", "after", "edited"]
      .map((name) => [name, card.querySelector(`[name="${name}"]`).value])));
  const layout = form.querySelector("[name=layout]:checked")?.value ?? "chinese";
  try {
    await keepDraft({ id: current, when: Date.now(), title: value("title"), text: value("text"), layout, tags: ticked(), rows });
    refresh();
  } catch {
    // no IndexedDB here: the page works, only nothing is kept
  }
}

const reason = (error) =>
  error instanceof TypeError ? root.dataset.broken : error.message || root.dataset.failed;

// — streaming a new post —

async function stream(event) {
  event.preventDefault();
  running?.abort();
  const mine = (running = new AbortController());
  const body = new URLSearchParams(new FormData(draft));
  const layout = form.querySelector("[name=layout]:checked");
  if (layout) body.set("layout", layout.value);
  const same = goesOn();
  const chosen = same ? ticked().filter((tag) => !typed.includes(tag)) : [];
  for (const tag of chosen) body.append("tag", tag);
  if (!current || !same) current = null;
  const kept = await ownWordings();
  problem("");
  $("#empty")?.remove();
  panel.replaceChildren();
  cards.replaceChildren();
  form.hidden = true;
  $("#progress").hidden = false;
  const bar = $("#bar");
  bar.value = 0;
  bar.max = 1;
  let seen = { number: 0, total: 0 };
  try {
    for await (const { name, data } of events(root.dataset.stream, body, mine.signal)) {
      if (name === "sentence") {
        seen = data;
        bar.max = data.total;
        bar.value = data.number;
        $("#doing").textContent = fill(root.dataset.doing, data);
        const card = element(data.html);
        cards.append(card);
        enhance(card);
        form.hidden = false;
      } else if (name === "post") {
        panel.innerHTML = data.html;
        typed = ticked().filter((tag) => !chosen.includes(tag));
        enhance(panel);
        doubts();
      } else {
        problem(data.detail);
      }
    }
    form.hidden = false;
    await putBack(kept);
    say(summary());
    remember();
  } catch (error) {
    if (mine.signal.aborted && running === mine) {
      const told = fill(root.dataset.stopped, seen);
      say(told);
      toast(told);
      if (cards.childElementCount) send("update");
    } else if (running === mine) {
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

async function send(action, card) {
  const data = fields();
  data.set("do", action);
  card?.classList.add("busy");
  say(card ? root.dataset.working : "");
  try {
    const response = await fetch(root.dataset.revise, {
      method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" },
    });
    const answer = await response.json().catch(() => ({})); // a proxy answers with a page
    if (!answer.cards) throw new Error(answer.detail);
    for (const [at, html] of Object.entries(answer.cards)) {
      const fresh = element(html);
      cards.children[at].replaceWith(fresh);
      enhance(fresh);
      if (card) fresh.focus({ preventScroll: true });
    }
    const within = document.activeElement?.closest("#post") && document.activeElement;
    const again = within && [within.name, within.value];
    panel.innerHTML = answer.post;
    enhance(panel);
    doubts();
    if (again?.[0]) panel.querySelector(`[name="${again[0]}"][value="${CSS.escape(again[1])}"]`)?.focus();
    problem("");
    if (card) say(summary());
    return true;
  } catch (error) {
    problem(reason(error));
    return false;
  } finally {
    card?.classList.remove("busy");
  }
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
async function ownWordings() {
  const kept = new Map();
  for (const card of cards.querySelectorAll(".sentence"))
    if (card.querySelector("[name=edited]").value)
      kept.set(card.querySelector("[name=source]").value, card.querySelector("[name=chinese]").value);
  return kept;
}

async function putBack(kept) {
  let any = false;
  for (const card of [...cards.querySelectorAll(".sentence")]) {
    const english = card.querySelector("[name=source]").value;
    const own = kept.get(english) ?? (await wordingOf(english).catch(() => undefined));
    const field = card.querySelector("[name=chinese]");
    if (!own || own === field.value) continue;
    field.value = own;
    any = true;
  }
  if (any && (await send("update"))) toast(root.dataset.yours);
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
  const add = (name, value) => {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    page.append(field);
  };
  add("title", kept.title);
  add("text", kept.text);
  add("layout", kept.layout);
  add("do", "update");
  for (const tag of kept.tags) add("tag", tag);
  for (const tag of kept.tags) add("offered", tag);
  for (const row of kept.rows) for (const [name, value] of Object.entries(row)) add(name, value);
  page.hidden = true;
  document.body.append(page);
  sessionStorage.setItem("compose-draft", kept.id); // the next page goes on with the same draft
  page.submit();
}

// a draft that was deleted is kept again only when it is put into Chinese again
const gone = (id) => (current = id === undefined || id === current ? "" : current);
const refresh = enhanceHistory(root, { load, gone }, root.dataset.untitled, root.dataset.sure);
if (cards.childElementCount) current = sessionStorage.getItem("compose-draft");
sessionStorage.removeItem("compose-draft");
draft.addEventListener("submit", stream);
$("#cancel").addEventListener("click", () => running?.abort());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && draft.contains(event.target)) draft.requestSubmit();
});

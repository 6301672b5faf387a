// A ready-made post: the blanks are sent as they are typed, and the post is swapped in place.
import { enhanceCopy } from "./copy.js";
import { hasVoice } from "./speak.js";

const form = document.querySelector("#blanks");
const target = document.querySelector("#filled");
let timer, latest = 0;

async function fill() {
  const number = ++latest;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value.trim()) url.searchParams.set(name, value);
  history.replaceState(null, "", url);
  url.searchParams.set("part", "result");
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    if (!response.ok || number !== latest) return;
    target.innerHTML = await response.text();
    enhanceCopy(target);
    for (const button of target.querySelectorAll("[data-speak]")) button.hidden = !hasVoice();
  } catch {
    // offline: what is on the page stays
  }
}

form.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(fill, 180);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  fill();
});

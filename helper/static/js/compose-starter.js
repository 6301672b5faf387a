// A ready-made post: the blanks are sent as they are typed, and the post is swapped in place.
import { enhanceCopy } from "./copy.js";
import { hasVoice } from "./speak.js";

const form = document.querySelector("#blanks");
const target = document.querySelector("#filled");
let timer, latest = 0;

// What is shown no longer fits what was typed until the server's answer is there.
const later = (milliseconds) => {
  clearTimeout(timer);
  target.setAttribute("aria-busy", "true");
  timer = setTimeout(fill, milliseconds);
};

async function fill() {
  clearTimeout(timer);
  const number = ++latest;
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value.trim()) url.searchParams.set(name, value);
  history.replaceState(null, "", url);
  url.searchParams.set("part", "result");
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    if (number !== latest) return;
    if (!response.ok) {
      later(1000 * (Number(response.headers.get("Retry-After")) || 5));
      return;
    }
    const post = await response.text();
    if (number !== latest) return;
    target.innerHTML = post;
    target.removeAttribute("aria-busy");
    enhanceCopy(target);
    for (const button of target.querySelectorAll("[data-speak]")) button.hidden = !hasVoice();
  } catch {
    if (number === latest) later(5000); // offline: what is on the page stays
  }
}

form.addEventListener("input", (event) => {
  if (event.isComposing) return;
  latest += 1; // an answer that is under way comes too late
  later(500);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  fill();
});

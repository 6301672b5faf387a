// The page for no network, in place of an entry that was never opened: the hanzi, pinyin and
// English are in the index that the device keeps; only the explanation is not.
import { pageIndex } from "./lookup.js";

/** Resolves once the entry is shown, or is known not to be in the index. */
export async function enhanceKeptEntry(root) {
  const box = root.querySelector("[data-kept-entry]");
  const id = /^\/entry\/(.+)$/.exec(location.pathname)?.[1];
  if (!box || !id) return;
  const index = await pageIndex(box.dataset.index.split(" ")).catch(() => null);
  const entry = index?.entries.find((one) => one.id === decodeURIComponent(id));
  if (!entry) return;
  for (const field of ["hanzi", "pinyin", "english"]) {
    box.querySelector(`[data-field=${field}]`).textContent = entry[field];
  }
  for (const button of box.querySelectorAll("[data-copy]")) button.dataset.copy = entry.hanzi;
  for (const button of box.querySelectorAll("[data-speak]")) button.dataset.speak = entry.hanzi;
  document.title = `${entry.hanzi} · ${entry.english}`;
  box.hidden = false;
}

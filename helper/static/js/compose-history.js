// Drafts and own wordings, in this browser's IndexedDB and nowhere else.

const NAME = "rednote-helper-compose";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("wordings", { keyPath: "english" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(store, mode, work) {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = base.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    base.close();
  }
}

// "Really?" is not "Really!", nor "100%" "100" or "-5" "5": those marks say something.
const key = (english) => english.normalize("NFKC").toLowerCase()
  .replace(/((?![?%-])[\s\p{P}])+/gu, " ").trim();

export const keepDraft = (draft) => run("drafts", "readwrite", (s) => s.put(draft));
export const deleteDraft = (id) => run("drafts", "readwrite", (s) => s.delete(id));
export const keepWording = (english, chinese) =>
  run("wordings", "readwrite", (s) => s.put({ english: key(english), chinese, when: Date.now() }));
export const forgetWording = (english) =>
  run("wordings", "readwrite", (s) => s.delete(key(english)));
export const wordingOf = async (english) =>
  (await run("wordings", "readonly", (s) => s.get(key(english))))?.chinese;

export async function drafts() {
  const all = await run("drafts", "readonly", (s) => s.getAll());
  return all.sort((a, b) => b.when - a.when);
}

export async function everything() {
  return {
    format: "rednote-helper drafts", version: 1, drafts: await drafts(),
    wordings: await run("wordings", "readonly", (s) => s.getAll()),
  };
}

export async function clear() {
  await run("drafts", "readwrite", (s) => s.clear());
  await run("wordings", "readwrite", (s) => s.clear());
}

/** ``load`` opens a draft; ``gone`` hears the id of a deleted one, or nothing when all are. */
export function enhanceHistory(root, { load, gone }, untitled, sure) {
  const box = root.querySelector("#history");
  const list = box.querySelector("#history-list");
  const row = box.querySelector("#history-row");
  const show = async () => {
    let all = [];
    try {
      all = await drafts();
    } catch {
      return; // no IndexedDB here (private window): nothing is kept
    }
    box.hidden = !all.length;
    box.querySelector("#history-count").textContent = all.length ? `(${all.length})` : "";
    list.replaceChildren(...all.map((draft) => {
      const item = row.content.cloneNode(true).firstElementChild;
      const name = draft.title || draft.text.split("\n")[0].slice(0, 60) || untitled;
      const opener = item.querySelector("[data-open]");
      opener.textContent = name;
      opener.addEventListener("click", () => load(draft));
      const time = item.querySelector("time");
      time.dateTime = new Date(draft.when).toISOString();
      time.textContent = new Date(draft.when).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
      item.querySelector("[data-delete]").addEventListener("click", async () => {
        gone(draft.id);
        await deleteDraft(draft.id);
        show();
      });
      return item;
    }));
  };
  box.querySelector("#history-export").addEventListener("click", async () => {
    const file = new Blob([JSON.stringify(await everything(), null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "rednote-helper-drafts.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  box.querySelector("#history-clear").addEventListener("click", async () => {
    if (!window.confirm(sure)) return;
    gone();
    await clear();
    show();
  });
  show();
  return show;
}

// <button data-copy="text"> or <button data-copy-from="#id">: one tap copies, and says so.

export function toast(message) {
  document.querySelector(".toast")?.remove();
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  document.body.append(box);
  box.textContent = message; // after it is in the page: then it is read out
  setTimeout(() => box.remove(), 2200);
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // pages served over plain http on a home network have no clipboard API
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
}

export function enhanceCopy(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-copy-from]")) {
    button.hidden = false;
    if (button.dataset.copyReady) continue;
    button.dataset.copyReady = "yes";
    button.addEventListener("click", async () => {
      const from = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
      const text = from ? (from.value ?? from.textContent) : button.dataset.copy;
      try {
        await copy(text);
        toast(button.dataset.copied || "✓");
      } catch {
        toast(button.dataset.failed || "✗");
      }
    });
  }
}

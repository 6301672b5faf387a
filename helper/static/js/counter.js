// <textarea data-counter="#id">: characters as typed, marked before the limit is broken.

export function enhanceCounters(root) {
  for (const field of root.querySelectorAll("[data-counter]")) {
    const box = document.querySelector(field.dataset.counter);
    const limit = Number(field.dataset.limit);
    if (!box) continue;
    const show = () => {
      const count = [...field.value].length;
      box.textContent = `${count} / ${limit}`;
      box.classList.toggle("over", count > limit);
    };
    field.addEventListener("input", show);
    show();
  }
}

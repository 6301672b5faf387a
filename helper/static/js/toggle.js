// <button data-toggle="class" data-target="#id">: switches a class, says so to screen readers.

export function enhanceToggles(root) {
  for (const button of root.querySelectorAll("[data-toggle]")) {
    button.hidden = false;
    const target = document.querySelector(button.dataset.target);
    button.addEventListener("click", () => {
      const on = target.classList.toggle(button.dataset.toggle);
      button.setAttribute("aria-pressed", String(on));
      if (!on || !button.dataset.instead) return;
      // with both sides hidden there would be nothing to go by
      target.classList.remove(button.dataset.instead);
      root
        .querySelector(`[data-toggle="${button.dataset.instead}"]`)
        ?.setAttribute("aria-pressed", "false");
    });
  }
}

// <form data-busy="Reading…">: from its submission until the answer its button says so, and a
// second tap does nothing. Coming back with the browser's Back button finds it as it was, and so
// does going on to write after the browser's Stop.

export function enhanceBusy(root) {
  for (const form of root.querySelectorAll("form[data-busy]")) {
    const button = form.querySelector("button");
    const before = [...button.childNodes];
    let waiting = false;
    form.addEventListener("submit", (event) => {
      if (waiting) return event.preventDefault();
      waiting = true;
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      button.setAttribute("aria-disabled", "true");
      button.replaceChildren(said);
      said.textContent = form.dataset.busy; // after it is in the page: then it is read out
    });
    const reset = () => {
      waiting = false;
      button.removeAttribute("aria-disabled");
      button.replaceChildren(...before);
    };
    window.addEventListener("pageshow", reset);
    form.addEventListener("input", reset);
  }
}

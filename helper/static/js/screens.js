// Drawn screens: the switch stays in the address and in the links; the list and the drawing
// point at each other; the print buttons work. Without script the switch still switches (CSS).

const drawn = document.querySelector(".drawn");

function enhanceSwitch(form) {
  const apply = () => {
    const show = new FormData(form).get("show");
    drawn.dataset.show = show;
    const here = new URL(location.href);
    here.searchParams.set("show", show);
    history.replaceState(null, "", here);
    for (const link of document.querySelectorAll("[data-keeps-show]")) {
      const url = new URL(link.href);
      url.searchParams.set("show", show);
      link.href = url;
    }
  };
  form.addEventListener("change", apply);
  // the browser may have kept another choice when it came back to the page
  if (new FormData(form).get("show") !== drawn.dataset.show) apply();
}

function enhanceList(links) {
  const light = (id, on) => document.getElementById(id)?.classList.toggle("lit", on);
  for (const link of links) {
    for (const [event, on] of [["focus", true], ["blur", false], ["mouseenter", true], ["mouseleave", false]]) {
      link.addEventListener(event, () => light(link.dataset.shows, on));
    }
  }
}

if (drawn) {
  const form = document.querySelector("[data-show-switch]");
  if (form) enhanceSwitch(form);
  const current = document.querySelector(".screen-nav [aria-current]");
  if (current) current.closest("ul").scrollLeft = current.offsetLeft - 24;
  enhanceList(document.querySelectorAll("[data-shows]"));
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

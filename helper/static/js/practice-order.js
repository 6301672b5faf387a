// Word order by tapping: tiles move to the line and back; the form's selects carry the answer.

export function enhanceOrder(stage) {
  const slots = stage.querySelector("[data-order]");
  const tiles = stage.querySelector("[data-tiles]");
  if (!slots || !tiles) return;
  const selects = [...slots.querySelectorAll("select")];
  const line = document.createElement("div");
  line.className = "order-line";
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", tiles.dataset.lineLabel);
  tiles.setAttribute("role", "group");
  tiles.setAttribute("aria-label", tiles.dataset.tilesLabel);
  slots.before(line);
  slots.hidden = true;
  tiles.hidden = false;
  const keep = () => {
    const chosen = [...line.querySelectorAll(".tile")].map((tile) => tile.dataset.value);
    selects.forEach((select, n) => (select.value = chosen[n] ?? ""));
  };
  const move = (event) => {
    const tile = event.target.closest(".tile");
    if (!tile) return;
    (tile.parentElement === line ? tiles : line).append(tile);
    tile.focus();
    keep();
  };
  line.addEventListener("click", move);
  tiles.addEventListener("click", move);
}

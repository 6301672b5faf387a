// <p data-filter="selector" hidden> with an input: shows only the rows that contain the words.

export function enhanceFilter(root) {
  for (const box of root.querySelectorAll("[data-filter]")) {
    const rows = [...root.querySelectorAll(box.dataset.filter)];
    if (rows.length < 20) continue;
    box.hidden = false;
    const plain = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
    const texts = rows.map((row) => plain(row.textContent));
    const sections = [...new Set(rows.map((row) => row.closest("section")))];
    box.querySelector("input").addEventListener("input", (event) => {
      const words = plain(event.target.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
      });
      for (const section of sections) {
        section.hidden = ![...section.querySelectorAll("li")].some((row) => !row.hidden);
      }
    });
  }
}

// How the app counts: an emoji is two, any other character one. The same rule as
// helper/captions/limits.py, where its source and its assumptions are stated.
// One emoji (a flag, a keycap, a pictograph with its tones and joined parts) at the start of a cluster.
const EMOJI = /^(?:\p{RI}|[0-9#*]\uFE0F?\u20E3|(?![©®™0-9#*])\p{Emoji_Presentation}|(?![©®™0-9#*])\p{Extended_Pictographic}|[©®™]\uFE0F)/u;

export function appCount(text) {
  let total = 0;
  const clusters = Intl.Segmenter
    ? [...new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(text)].map((s) => s.segment)
    : [...text];
  for (const cluster of clusters) total += EMOJI.test(cluster) ? 2 : 1;
  return total;
}

export function setMeter(meter, count) {
  const most = Number(meter.dataset.most);
  meter.querySelector(".meter-text").textContent = `${count} / ${most}`;
  meter.querySelector("progress").value = Math.min(count, most);
  meter.classList.toggle("over", count > most);
  meter.classList.toggle("near", count <= most && most - count < most / 10);
}

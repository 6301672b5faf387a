// <button data-play="#list">: says every line of a conversation in turn and marks the one spoken.
import { say, hush, hasVoice, whenVoices } from "./speak.js";

export function enhanceTalk(root) {
  for (const button of root.querySelectorAll("[data-play]")) {
    const lines = [...document.querySelectorAll(`${button.dataset.play} [data-line]`)];
    const recorded = lines.every((line) => line.dataset.audio);
    whenVoices(() => (button.hidden = !hasVoice() && !recorded));
    let playing = false;
    const step = (at) => {
      lines.forEach((line, i) => line.classList.toggle("speaking", playing && i === at));
      if (!playing || at >= lines.length) {
        playing = false;
        button.setAttribute("aria-pressed", "false");
        return;
      }
      const { line, audio } = lines[at].dataset;
      say(line, audio, { onend: () => setTimeout(() => step(at + 1), 350) });
    };
    button.addEventListener("click", () => {
      playing = !playing;
      button.setAttribute("aria-pressed", String(playing));
      if (playing) step(0);
      else {
        hush();
        step(lines.length);
      }
    });
  }
}

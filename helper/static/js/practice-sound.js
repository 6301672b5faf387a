// Chinese aloud: the browser's zh-CN voice, else the server's, else how to get a voice.
// The syllable being spoken is marked in [data-syllables].
import { speak, hasVoice, whenVoices } from "./speak.js";

const player = new Audio();

function mark(rubies, at) {
  rubies.forEach((ruby, n) => ruby.classList.toggle("saying", n === at));
}

function rubiesFor(text, stage) {
  const line = stage.querySelector("[data-syllables]");
  if (!line) return [];
  const rubies = [...line.querySelectorAll("ruby")];
  const written = rubies.map((ruby) => ruby.firstChild.textContent).join("");
  return written === [...text].filter((c) => /\p{Script=Han}/u.test(c)).join("") ? rubies : [];
}

function byVoice(text, rate, rubies) {
  const index = [];
  let n = -1;
  for (const c of text) {
    if (/\p{Script=Han}/u.test(c)) n += 1;
    for (let i = 0; i < c.length; i += 1) index.push(n);
  }
  return speak(text, {
    rate,
    onboundary: (event) => mark(rubies, index[event.charIndex] ?? -1),
    onend: () => mark(rubies, -1),
  });
}

function byServer(url, rate, rubies) {
  const slow = rate < 0.7;
  player.src = slow ? `${url}?slow=1` : url;
  player.defaultPlaybackRate = player.playbackRate = slow ? 1 : Math.min(1.1, rate / 0.85);
  player.ontimeupdate = () => {
    if (!player.duration || !rubies.length) return;
    // espeak-ng gives every syllable about the same time, with a little silence at the end
    const share = player.currentTime / Math.max(player.duration - 0.25, 0.1);
    mark(rubies, share >= 1 ? -1 : Math.floor(share * rubies.length));
  };
  player.onended = () => mark(rubies, -1);
  player.play().catch(() => {});
}

export function say(button, stage) {
  const { say: text, audio } = button.dataset;
  const rate = Number(button.dataset.rate) < 0.7 ? button.dataset.rate : chosenRate();
  const rubies = rubiesFor(text, stage);
  const preferServer = audio && stage.querySelector("[data-prefer-audio]");
  if (!preferServer && byVoice(text, Number(rate), rubies)) return;
  if (audio) byServer(audio, Number(rate), rubies);
}

// The speed that this device likes, kept by the browser.
function chosenRate() {
  try {
    return localStorage.getItem("speech-rate") || "0.85";
  } catch {
    return "0.85";
  }
}

function enhanceSpeed(stage) {
  for (const select of stage.querySelectorAll("[data-speed]")) {
    select.value = chosenRate();
    select.addEventListener("change", () => {
      try {
        localStorage.setItem("speech-rate", select.value);
      } catch {
        // private window: the speed holds for this page only by its own control
      }
      const button = select.closest("[data-sound]")?.querySelector("[data-say]");
      if (button) say(button, stage);
    });
  }
}

export function enhanceSound(stage) {
  enhanceSpeed(stage);
  const show = () => {
    for (const select of stage.querySelectorAll("[data-speed]")) {
      const button = select.closest("[data-sound]")?.querySelector("[data-say]");
      select.hidden = !hasVoice() && !button?.dataset.audio;
    }
    for (const button of stage.querySelectorAll("[data-say]")) {
      button.hidden = !hasVoice() && !button.dataset.audio;
    }
    for (const help of stage.querySelectorAll("[data-no-voice]")) {
      const button = help.closest("[data-sound]")?.querySelector("[data-say]");
      help.hidden = hasVoice() || Boolean(button?.dataset.audio);
    }
  };
  whenVoices(show);
  if (!stage.dataset.listening) {
    stage.dataset.listening = "yes";
    stage.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-say]");
      if (button) say(button, stage);
    });
  }
  // what must be heard is played at once; browsers that forbid it wait for the button
  const exercise = stage.querySelector("[data-exercise]")?.dataset.exercise || "";
  const first = stage.querySelector("[data-sound] [data-say]");
  if (first && /^(listen|tones)/.test(exercise) && !stage.querySelector(".verdict")) say(first, stage);
}

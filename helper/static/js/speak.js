// Speech through the browser's own zh-CN voice, or the server's where the browser has none; the
// buttons stay hidden where there is neither.

const synth = window.speechSynthesis;

function voice() {
  const voices = synth ? synth.getVoices() : [];
  const tag = (v) => v.lang.replace("_", "-").toLowerCase();
  return (
    voices.find((v) => tag(v) === "zh-cn" && v.localService) ||
    voices.find((v) => tag(v) === "zh-cn" || tag(v).startsWith("cmn-hans")) ||
    voices.find((v) => tag(v).startsWith("zh") && !/hk|yue/.test(tag(v)))
  );
}

export const hasVoice = () => Boolean(voice());

export function whenVoices(callback) {
  callback();
  synth?.addEventListener?.("voiceschanged", callback);
}

export function speak(text, { rate = 0.85, onboundary, onend } = {}) {
  const chosen = voice();
  if (!chosen) return false;
  synth.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.voice = chosen;
  said.lang = chosen.lang;
  said.rate = rate;
  if (onboundary) said.onboundary = onboundary;
  if (onend) said.onend = onend;
  synth.speak(said);
  return true;
}

let player;

// The browser's voice, else the server's recording at ``audio`` where there is one.
export function say(text, audio, { rate = 0.85, onend } = {}) {
  if (speak(text, { rate, onend })) return true;
  if (!audio) return false;
  player ??= new Audio();
  player.onended = onend ?? null;
  player.src = audio;
  player.play().catch(() => onend?.());
  return true;
}

export function hush() {
  synth?.cancel();
  player?.pause();
}

export function enhanceSpeak(root) {
  const show = () => {
    for (const button of root.querySelectorAll("[data-speak]")) {
      button.hidden = !hasVoice() && !button.dataset.audio;
    }
  };
  whenVoices(show);
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-speak]");
    if (button) {
      say(button.dataset.speak, button.dataset.audio, { rate: Number(button.dataset.rate || 0.85) });
    }
  });
}

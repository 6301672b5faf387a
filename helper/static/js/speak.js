// Speech through the browser's own zh-CN voice; the buttons stay hidden where there is none.

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

export function enhanceSpeak(root) {
  const show = () => {
    for (const button of root.querySelectorAll("[data-speak]")) button.hidden = !hasVoice();
  };
  whenVoices(show);
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-speak]");
    if (button) speak(button.dataset.speak, { rate: Number(button.dataset.rate || 0.85) });
  });
}

// Record yourself, play it back, see the pitch of your voice. Nothing leaves the device.

const LOWEST = 70;
const HIGHEST = 450;

// The fundamental frequency of one window by normalised autocorrelation; 0 where none is clear.
export function pitchOf(samples, rate) {
  let energy = 0;
  for (const s of samples) energy += s * s;
  if (energy / samples.length < 1e-4) return 0;
  const from = Math.floor(rate / HIGHEST);
  const to = Math.min(Math.floor(rate / LOWEST), samples.length - 1);
  let best = 0;
  let lag = 0;
  for (let shift = from; shift <= to; shift += 1) {
    let sum = 0;
    let a = 0;
    let b = 0;
    for (let i = 0; i + shift < samples.length; i += 1) {
      sum += samples[i] * samples[i + shift];
      a += samples[i] * samples[i];
      b += samples[i + shift] * samples[i + shift];
    }
    const score = sum / Math.sqrt(a * b || 1);
    if (score > best + 0.01) {
      best = score;
      lag = shift;
    }
  }
  return best > 0.6 ? rate / lag : 0;
}

// A voice needs no more than 12 kHz here; fewer samples keep a phone quick.
function thinned(samples, rate) {
  const step = Math.max(1, Math.floor(rate / 12000));
  const thin = new Float32Array(Math.floor(samples.length / step));
  for (let i = 0; i < thin.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < step; j += 1) sum += samples[i * step + j];
    thin[i] = sum / step;
  }
  return [thin, rate / step];
}

export function pitchCurve(recorded, recordedRate) {
  const [samples, rate] = thinned(recorded, recordedRate);
  const size = Math.floor(rate * 0.04);
  const curve = [];
  for (let at = 0; at + size <= samples.length; at += size) {
    curve.push(pitchOf(samples.subarray(at, at + size), rate));
  }
  return curve;
}

function draw(svg, curve) {
  const heard = curve.filter(Boolean);
  svg.replaceChildren();
  if (!heard.length) return;
  const logs = heard.map(Math.log2);
  const low = Math.min(...logs);
  const span = Math.max(Math.max(...logs) - low, 0.5);
  let path = "";
  let pen = "M";
  curve.forEach((pitch, n) => {
    if (!pitch) {
      pen = "M";
      return;
    }
    const x = 5 + (n / Math.max(curve.length - 1, 1)) * 290;
    const y = 72 - ((Math.log2(pitch) - low) / span) * 64;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
}

export function enhanceRecorder(stage) {
  const box = stage.querySelector("[data-recorder]");
  if (!box || !navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  box.hidden = false;
  const record = box.querySelector("[data-record]");
  const playback = box.querySelector("[data-playback]");
  const pitch = box.querySelector("[data-pitch]");
  const failed = box.querySelector("[data-record-failed]");
  const label = record.textContent;
  let recorder = null;
  let url = "";

  const finish = async (parts) => {
    const blob = new Blob(parts, { type: parts[0]?.type || "audio/webm" });
    URL.revokeObjectURL(url);
    url = URL.createObjectURL(blob);
    playback.hidden = false;
    try {
      const context = new AudioContext();
      const sound = await context.decodeAudioData(await blob.arrayBuffer());
      draw(pitch, pitchCurve(sound.getChannelData(0), sound.sampleRate));
      pitch.hidden = false;
      context.close();
    } catch {
      pitch.hidden = true; // the browser cannot decode what it recorded: playing back still works
    }
  };

  record.addEventListener("click", async () => {
    if (recorder?.state === "recording") {
      recorder.stop();
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      recorder.addEventListener("stop", () => {
        stream.getTracks().forEach((track) => track.stop());
        record.textContent = label;
        finish(parts);
      });
      recorder.start();
      record.textContent = record.dataset.stop;
      setTimeout(() => recorder.state === "recording" && recorder.stop(), 12000);
    } catch {
      failed.hidden = false;
    }
  });
  playback.addEventListener("click", () => new Audio(url).play().catch(() => {}));
}

// Practice pages: each module enhances its element inside #stage, again after every swap.
import { enhanceSound } from "./practice-sound.js";
import { enhanceOrder } from "./practice-order.js";
import { enhanceRecorder } from "./practice-recorder.js";
import { enhanceSwap } from "./practice-swap.js";
import { startOffline } from "./practice-offline.js";

const stage = document.querySelector("#stage");

function enhance() {
  const shown = Date.now();
  enhanceSound(stage);
  enhanceOrder(stage);
  enhanceRecorder(stage);
  for (const form of stage.querySelectorAll("[data-answer-form]")) {
    form.addEventListener("submit", () => {
      form.elements.took.value = String(Date.now() - shown);
    }, { capture: true });
  }
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  for (const zone of stage.querySelectorAll("[data-browser-zone]")) zone.value = here;
  const zone = stage.querySelector("[data-zone]");
  if (zone && zone.value === "UTC") zone.value = here;
  const print = stage.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  stage.querySelector("#typed")?.focus();
  // deleting everything forgets what this device keeps, too
  stage.querySelector("[data-forget]")?.addEventListener("submit", () => {
    indexedDB.deleteDatabase("rednote-practice");
  });
}

// 1 to 9 choose an option, Enter goes on.
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[1-9]$/.test(event.key)) {
    stage.querySelectorAll(".options button, .ratings button")[Number(event.key) - 1]?.click();
  } else if (event.key === "Enter" && event.target === stage.querySelector("h1")) {
    stage.querySelector("#next, #go")?.click();
  }
});

if (stage) {
  enhance();
  enhanceSwap(stage, enhance);
  startOffline(stage, enhance);
}

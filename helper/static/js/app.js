// One module an element: each finds its elements, enhances them, and leaves the rest alone.
import { enhanceCopy } from "./copy.js";
import { enhanceSpeak } from "./speak.js";
import { enhanceLookup } from "./lookup.js";
import { enhanceCounters } from "./counter.js";
import { enhanceToggles } from "./toggle.js";
import { enhanceTalk } from "./talk.js";
import { enhanceKeep } from "./keep.js";
import { enhanceFilter } from "./filter.js";
import { enhanceBusy } from "./busy.js";
import { enhanceKeptEntry } from "./kept-entry.js";

document.documentElement.classList.add("js");
enhanceCopy(document);
enhanceSpeak(document);
enhanceLookup(document);
enhanceCounters(document);
enhanceToggles(document);
enhanceTalk(document);
enhanceKeep(document);
enhanceFilter(document);
enhanceBusy(document);
enhanceKeptEntry(document);

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}

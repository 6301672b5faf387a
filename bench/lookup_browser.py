"""How fast, and how well, the page's own index answers: ``python bench/lookup_browser.py``.

Starts the app, opens the lookup page in Chromium with a phone's window, and measures inside the
page with performance.now: building the index, one search, and the whole way from a keystroke
(an input event) to the laid-out list. Queries are those of bench/lookup.py, so that both indexes
are judged alike. ``--slow N`` makes the CPU N times slower, as DevTools does for a phone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lookup import queries, right
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from helper.lookup import Index
from helper.settings import from_environment
from phrasebook import phrasebook

ROOT = Path(__file__).resolve().parent.parent
_SEARCH = """
const { pageIndex } = await import("/static/js/lookup.js");
const { PageIndex } = await import("/static/js/index-search.js");
const form = document.querySelector("form[data-live]");
const input = form.querySelector("input[type=search]");
const urls = form.dataset.index.split(" ");
const index = await pageIndex(urls);
const files = await Promise.all(urls.map((url) => fetch(url).then((r) => r.json())));
let start = performance.now();
await PageIndex.build(files);
const build = performance.now() - start;
const hits = [], search = [], whole = [];
for (const query of queries) {
  start = performance.now();
  const found = index.search(query, 5);
  search.push(performance.now() - start);
  hits.push(found.hits.map((hit) => [hit.entry.id, ...hit.same.map((entry) => entry.id)]));
}
for (const query of queries.filter((_, i) => i % Math.ceil(queries.length / 300) === 0)) {
  input.value = query;
  start = performance.now();
  input.dispatchEvent(new InputEvent("input"));
  document.querySelector(form.dataset.live).getBoundingClientRect();
  whole.push(performance.now() - start);
}
return { build, hits, search, whole };
"""


def _browser() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=390,844"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(110)
    return driver


def _serve(port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "helper", "serve", "--port", str(port)], cwd=ROOT,
        env={**os.environ, "HELPER_RATE_LIMIT": ""},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            # the first answers build the server's own index: not what is measured here
            for path in ("lookup", "index.json", "index-phrases.json"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=120).close()
            return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    server.terminate()
    raise SystemExit("the app did not start")


def _line(label: str, times: list[float]) -> str:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)]
    frames = sum(t <= 16.7 for t in ordered) / len(ordered)
    return (f"{label}: p50 {at[0]:.2f}  p95 {at[1]:.2f}  p99 {at[2]:.2f}  max {ordered[-1]:.2f} ms"
            f"  within a frame {frames:.1%}  (n={len(ordered)})")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--per-rule", type=int, default=40)
    options.add_argument("--slow", type=float, default=1)
    options.add_argument("--misses", type=int, default=0)
    chosen = options.parse_args()
    folder = from_environment().ensure_data_dir()
    index = Index(phrasebook(), None, folder / "cache")
    asked = list(queries(index, chosen.seed, chosen.per_rule))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server, driver = _serve(port), _browser()
    try:
        driver.get(f"http://127.0.0.1:{port}/lookup")
        if chosen.slow != 1:
            driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": chosen.slow})
        found = driver.execute_async_script(
            "const [queries, done] = arguments;"
            f"(async () => {{{_SEARCH}}})()"
            ".then(done, (error) => done({ error: String(error) }))",
            [query for _, _, query, _ in asked],
        )
    finally:
        driver.quit()
        server.terminate()
    if "error" in found:
        raise SystemExit(found["error"])
    first: dict[str, list[bool]] = defaultdict(list)
    five: dict[str, list[bool]] = defaultdict(list)
    for (rule, wanted, query, name), hits in zip(asked, found["hits"], strict=True):
        entries = [[index.by_id[id_] for id_ in ids] for ids in hits]
        marks = [right(hit[0], tuple(hit[1:]), wanted, name) for hit in entries]
        first[rule].append(marks[:1] == [True])
        five[rule].append(any(marks))
        if marks[:1] != [True] and chosen.misses:
            chosen.misses -= 1
            print(f"miss: {rule}: {query!r} wanted {wanted.id} {wanted.english!r}, got "
                  f"{[h[0].id for h in entries[:3]]}")
    for rule, marks in first.items():
        print(f"{rule:12} n={len(marks):4}  first {sum(marks) / len(marks):6.1%}"
              f"  in five {sum(five[rule]) / len(marks):6.1%}")
    total, in_five = (sum(map(sum, held.values())) for held in (first, five))
    print(f"{'all':12} n={len(asked):4}  first {total / len(asked):6.1%}"
          f"  in five {in_five / len(asked):6.1%}")
    print(f"CPU slowed {chosen.slow:g} times; index built in {found['build']:.0f} ms, in pieces")
    print(_line("search", found["search"]))
    print(_line("keystroke to laid-out list", found["whole"]))


if __name__ == "__main__":
    main()

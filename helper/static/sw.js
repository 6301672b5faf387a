// Pages from the network first, the kept copy where there is none; assets from the cache.
// Nothing that was posted is ever kept, and no page that says how far the learner is.
// The server fills in a digest of all assets, so that a new version never mixes with an old one.
const CACHE = "rednote-helper-dev";
const ASSETS = [];
const PAGES = ["/", "/lookup", "/phrases", "/practice", "/about", "/screens/", "/offline", "/guides",
  "/index.json", "/index-phrases.json"];

// What a proxy says while the server is away.
const AWAY = [502, 503, 504];

// The learner's own pages, with the code that takes over the progress: deleting it, or another
// person's hands on the device, must find none of them. The tone drills are the same for all.
const PERSONAL = /^\/practice\/(?!tones(\/|$))/;

async function fill(paths) {
  const cache = await caches.open(CACHE);
  // one after the other: a small server has more to do than to fill a cache; and past the
  // browser's own cache, which may still hold the files of an earlier version
  for (const path of paths) {
    await cache.add(new Request(path, { cache: "reload" })).catch(() => {});
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill([...ASSETS, ...PAGES]));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((keys) => Promise.all(keys.filter((key) => key !== CACHE).map((key) => caches.delete(key))))
      .then(() => self.clients.claim()),
  );
});

async function networkFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (AWAY.includes(response.status)) throw new TypeError(response.statusText);
    const { pathname, searchParams } = new URL(request.url);
    if (response.ok && !searchParams.has("q") && !PERSONAL.test(pathname)) {
      cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const kept = (await cache.match(request)) || (await cache.match(request, { ignoreSearch: true }));
    return kept || noNetwork(error);
  }
}

async function noNetwork(error) {
  const page = await caches.match("/offline", { cacheName: CACHE });
  if (page) return page;
  throw error;
}

async function cacheFirst(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) cache.put(request, response.clone());
  return response;
}

// An index file has its version in the address: the newest is kept, its forerunners go.
async function versioned(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) {
      await cache.delete(request, { ignoreSearch: true });
      cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const older = await cache.match(request, { ignoreSearch: true });
    if (older) return older;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && request.mode === "navigate") {
    const answer = fetch(request);
    event.respondWith(answer.catch(noNetwork));
    // the kept pages speak the other language now
    if (url.pathname === "/language") event.waitUntil(answer.then(() => fill(PAGES), () => {}));
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) {
    event.respondWith(cacheFirst(request));
  } else if (/^\/index(-phrases)?\.json$/.test(url.pathname)) {
    event.respondWith(versioned(request));
  } else if (request.mode === "navigate") {
    event.respondWith(networkFirst(request));
  }
});

// Keeps the whole edition for reading and searching without a connection. One version of the site is
// one cache: pages of an old version are served from the old cache until the last of them is closed,
// so that no page ever mixes two versions.
"use strict";

const CACHE = `edition-${"VERSION"}`;
const FILES = ["FILES"];

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    // In small groups, so that the reader's own requests come first; a failed one fails the install
    // and the old version stays.
    for (let n = 0; n < FILES.length; n += 8) {
      await cache.addAll(FILES.slice(n, n + 8).map((path) => new Request(new URL(path, registration.scope), { cache: "no-cache" })));
    }
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("edition-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const url = new URL(request.url);
    if (url.pathname.endsWith("/")) url.pathname += "index.html";
    const kept = await cache.match(url.href, { ignoreSearch: true });
    if (kept) return kept;
    return fetch(request);
  })());
});

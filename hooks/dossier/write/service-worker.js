// Keeps the whole edition for reading and searching without a connection. One version of the site is
// one cache: pages of an old version are served from the old cache until the reader takes the new one
// or the last of them is closed, so that no page ever mixes two versions.
"use strict";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
const OWN = `edition ${SCOPE} `; // caches are shared by all that stands at an origin
const CACHE = `${OWN}${"VERSION"}`;
const FILES = ["FILES"];
const NOT_FOUND = "404.html";
const MISSING = `${SCOPE}service-worker.js?missing`; // where in the cache the list of what could not be had is kept
const TRIES = 3;

const kept = new Set(FILES);
/** @type {(path: string) => string} */
const address = (path) => new URL(path.split("/").map(encodeURIComponent).join("/"), SCOPE).href;

// The path of a file within the edition, as the list has it; null for what is not in it or is not an address.
/** @type {(url: string) => string | null} */
const pathOf = (url) => {
  if (`${url}/` === SCOPE) return ""; // what some hosts make of SCOPE/index.html
  try {
    return url.startsWith(SCOPE) ? decodeURIComponent(new URL(url).pathname.slice(new URL(SCOPE).pathname.length)) : null;
  } catch {
    return null;
  }
};

// Hosts differ in what they call a page: x.html, x, x/ or x/index.html.
/** @type {(path: string | null) => string | undefined} */
const fileOf = (path) => (path === null ? undefined : [path, `${path}.html`, `${path}/index.html`, `${path}index.html`].find((name) => kept.has(name)));

// An answer that came by a redirect may not be given to a page that is asked for, so its content is kept alone.
/** @type {(answer: Response) => Promise<Response>} */
const cleanCopy = async (answer) => {
  const headers = new Headers();
  const type = answer.headers.get("Content-Type");
  if (type !== null) headers.set("Content-Type", type);
  return new Response(await answer.blob(), { status: 200, headers });
};

// Fetches a file and keeps it; false if it cannot be had. A redirect to something else is not an answer.
/** @type {(cache: Cache, path: string) => Promise<boolean>} */
const keep = async (cache, path) => {
  for (let n = 0; n < TRIES; n++) {
    try {
      const answer = await fetch(new Request(address(path), { cache: "no-cache" }));
      const whole = answer.ok || (path === NOT_FOUND && answer.status === 404);
      if (whole && (!answer.redirected || fileOf(pathOf(answer.url)) === path)) {
        await cache.put(address(path), await cleanCopy(answer));
        return true;
      }
      if (answer.status === 404 || answer.status === 403 || answer.status === 410) return false;
    } catch { /* again */ }
    await new Promise((later) => setTimeout(later, 300 * (n + 1)));
  }
  return false;
};

// In small groups, so that the reader's own requests come first. Gives what could not be had.
/** @type {(cache: Cache, paths: string[]) => Promise<string[]>} */
const keepAll = async (cache, paths) => {
  /** @type {string[]} */
  const missing = [];
  for (let n = 0; n < paths.length; n += 8) {
    const group = paths.slice(n, n + 8);
    const had = await Promise.all(group.map((path) => keep(cache, path)));
    missing.push(...group.filter((_, at) => !had[at]));
    // If nearly nothing comes, the connection is gone: the old version stays, and the browser tries again.
    if (missing.length > 16 && missing.length > FILES.length / 10) throw new Error("the edition cannot be had now");
  }
  await cache.put(MISSING, new Response(JSON.stringify(missing)));
  return missing;
};

/** @type {(cache: Cache) => Promise<string[]>} */
const missingOf = async (cache) => {
  const list = await cache.match(MISSING);
  return list ? list.json() : [];
};

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => keepAll(cache, FILES)));
});

// Whether a cache is an older one of this edition; until 1.1 their names did not say whose they were.
/** @type {(name: string) => Promise<boolean>} */
const isOld = async (name) => {
  if (name === CACHE) return false;
  if (name.startsWith(OWN)) return true;
  return /^edition-[0-9a-f]{16}$/.test(name) && Boolean(await (await caches.open(name)).match(`${SCOPE}index.html`));
};

worker.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (await isOld(name)) await caches.delete(name);
    await worker.clients.claim();
  })());
});

// A page may ask what could not be kept, which is tried again first, and may have this version take over.
worker.addEventListener("message", (event) => {
  if (event.data === "take over") worker.skipWaiting();
  if (event.data !== "what is missing") return;
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    let missing = await missingOf(cache);
    if (missing.length) missing = await keepAll(cache, missing).catch(() => missing);
    event.ports[0].postMessage(missing);
  })());
});

// The page for an address that has none, or that is not kept; it is told where the edition stands and why it is shown.
/** @type {(cache: Cache, why: string, status: number) => Promise<Response | null>} */
const instead = async (cache, why, status) => {
  const page = await cache.match(address(NOT_FOUND));
  if (!page) return null;
  const html = (await page.text()).replace("<html ", `<html data-root="${new URL(SCOPE).pathname}" data-why="${why}" `);
  return new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
};

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method !== "GET" || path === null) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const file = fileOf(path);
    const page = request.mode === "navigate";
    // The links of an index page are meant from within its folder.
    if (page && file === `${path}/index.html`) return Response.redirect(`${address(path)}/${new URL(request.url).search}`);
    const found = file && await cache.match(address(file));
    if (found && (file !== NOT_FOUND || !page)) return found;
    try {
      const answer = await fetch(request);
      return (page && answer.status === 404 && await instead(cache, "unknown", 404)) || answer;
    } catch (error) {
      const shown = page && await instead(cache, "offline", 503);
      if (shown) return shown;
      throw error;
    }
  })());
});

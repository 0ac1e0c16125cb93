// Keeps for reading without a connection what every page needs, each page that was read with what it has
// loaded, and the whole edition if the reader asks for it. One version of the site is one cache: pages of
// an old version are served from the old cache until the reader takes the new one or the last of them is
// closed, and what comes of another version is not kept, so that no page ever mixes two versions.
"use strict";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
const OWN = `edition ${SCOPE} `; // caches are shared by all that stands at an origin
const VERSION = "VERSION";
const CACHE = `${OWN}${VERSION}`;
const SHELL = ["SHELL"];
const LIST = "assets/data/kept.json"; // every file that can be kept, with the beginning of its digest
const NEWEST = "assets/data/version.txt";
const NOT_FOUND = "404.html";
const MISSING = `${SCOPE}service-worker.js?missing`; // where in the cache the list of what could not be had is kept
const WHOLE = `${SCOPE}service-worker.js?whole`; // kept there if the reader wants the whole edition
const TRIES = 3;

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

/** @typedef {{ bytes: number, files: Record<string, string> }} List */

/** @type {Promise<List> | undefined} */
let list;
// The list of this version, from the cache.
const listed = () => {
  list ??= caches.open(CACHE).then((cache) => cache.match(address(LIST))).then((answer) => {
    if (!answer) throw new Error("the list is not kept");
    return answer.json();
  });
  list.catch(() => { list = undefined; });
  return list;
};

// Hosts differ in what they call a page: x.html, x, x/ or x/index.html.
/** @type {(files: Record<string, string>, path: string | null) => string | undefined} */
const fileOf = (files, path) => (path === null ? undefined
  : [path, `${path}.html`, `${path}/index.html`, `${path}index.html`].find((name) => Object.hasOwn(files, name)));

/** @type {(body: ArrayBuffer) => Promise<string>} */
const digest = async (body) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", body))].slice(0, 6)
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");

// Whether a file is of this version. A host may change what it serves; then it is asked which version that is.
/** @type {(file: string, body: ArrayBuffer) => Promise<boolean>} */
const isOurs = async (file, body) => {
  const { files } = await listed();
  if (await digest(body) === files[file]) return true;
  const newest = await fetch(new Request(address(NEWEST), { cache: "no-cache" }));
  return newest.ok && (await newest.text()).trim() === VERSION;
};

// An answer that came by a redirect may not be given to a page that is asked for, so its content is kept alone.
/** @type {(cache: Cache, file: string, body: ArrayBuffer, headers: Headers) => Promise<void>} */
const put = (cache, file, body, headers) => {
  const type = headers.get("Content-Type");
  return cache.put(address(file), new Response(body, { status: 200, headers: type === null ? {} : { "Content-Type": type } }));
};

// Fetches a file and keeps it; false if it cannot be had. A redirect to something else is not an answer.
/** @type {(cache: Cache, file: string) => Promise<boolean>} */
const keep = async (cache, file) => {
  for (let n = 0; n < TRIES; n++) {
    try {
      const { files } = await listed();
      const answer = await fetch(new Request(address(file), { cache: "no-cache" }));
      const whole = answer.ok || (file === NOT_FOUND && answer.status === 404);
      if (whole && (!answer.redirected || fileOf(files, pathOf(answer.url)) === file)) {
        const body = await answer.arrayBuffer();
        if (!await isOurs(file, body)) return false;
        await put(cache, file, body, answer.headers);
        return true;
      }
      if (answer.status === 404 || answer.status === 403 || answer.status === 410) return false;
    } catch { /* again */ }
    await new Promise((later) => setTimeout(later, 300 * (n + 1)));
  }
  return false;
};

// In small groups, so that the reader's own requests come first. Gives what could not be had.
/** @type {(cache: Cache, files: string[], tell?: (done: number) => void) => Promise<string[]>} */
const keepAll = async (cache, files, tell) => {
  /** @type {string[]} */
  const missing = [];
  for (let n = 0; n < files.length; n += 8) {
    const group = files.slice(n, n + 8);
    const had = await Promise.all(group.map((file) => keep(cache, file)));
    missing.push(...group.filter((_, at) => !had[at]));
    tell?.(n + group.length);
    // If nearly nothing comes, the connection is gone: the old version stays, and the browser tries again.
    if (missing.length > 16 && missing.length > files.length / 10) throw new Error("the edition cannot be had now");
  }
  await cache.put(MISSING, new Response(JSON.stringify(missing)));
  return missing;
};

/** @type {(cache: Cache, files: string[]) => Promise<string[]>} */
const without = async (cache, files) => {
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  return files.filter((file) => !kept.has(address(file)));
};

/** @type {(cache: Cache) => Promise<string[]>} */
const missingOf = async (cache) => {
  const found = await cache.match(MISSING);
  return found ? found.json() : [];
};

// Whether a cache is an older one of this edition; until 1.1 their names did not say whose they were.
/** @type {(name: string) => Promise<boolean>} */
const isOld = async (name) => {
  if (name === CACHE) return false;
  if (name.startsWith(OWN)) return true;
  return /^edition-[0-9a-f]{16}$/.test(name) && Boolean(await (await caches.open(name)).match(`${SCOPE}index.html`));
};

// What every page needs, and what was kept of the last version, of which only that is loaded which is another.
worker.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    const answer = await fetch(new Request(address(LIST), { cache: "no-cache" }));
    if (!answer.ok) throw new Error("the list cannot be had now");
    await put(cache, LIST, await answer.arrayBuffer(), answer.headers);
    const { files } = await listed();
    const wanted = new Set(SHELL);
    for (const name of await caches.keys()) {
      if (!await isOld(name)) continue;
      const old = await caches.open(name);
      const whole = await old.match(WHOLE);
      if (whole) await cache.put(WHOLE, whole);
      for (const file of whole ? Object.keys(files) : []) wanted.add(file);
      for (const { url } of await old.keys()) {
        const path = pathOf(url);
        if (path === null || !Object.hasOwn(files, path) || url !== address(path)) continue;
        wanted.add(path);
        const kept = await old.match(url);
        const body = await kept?.arrayBuffer();
        if (kept && body && await digest(body) === files[path]) await put(cache, path, body, kept.headers);
      }
    }
    await keepAll(cache, await without(cache, [...wanted]));
  })());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (await isOld(name)) await caches.delete(name);
    await worker.clients.claim();
  })());
});

/** @type {Promise<unknown>} */
let reading = Promise.resolve();
// A page that came before the worker says what it has loaded.
/** @type {(urls: string[]) => Promise<void>} */
const keepRead = async (urls) => {
  const cache = await caches.open(CACHE);
  const { files } = await listed();
  const read = new Set(urls.map((url) => fileOf(files, pathOf(url))).filter((file) => file !== undefined));
  await Promise.all((await without(cache, [...read])).map((file) => keep(cache, file)));
};

// The whole edition: how far it has come, and in the end what could not be had.
/** @type {(port: MessagePort) => Promise<void>} */
const keepWhole = async (port) => {
  const cache = await caches.open(CACHE);
  const all = Object.keys((await listed()).files);
  await cache.put(WHOLE, new Response(""));
  const rest = await without(cache, all);
  const missing = await keepAll(cache, rest, (done) => port.postMessage({ done: all.length - rest.length + done, of: all.length })).catch(() => rest);
  port.postMessage({ missing });
};

// A page may ask what could not be kept, which is tried again first, and may have this version take over.
worker.addEventListener("message", (event) => {
  const { data, ports: [port] } = event;
  if (data === "take over") worker.skipWaiting();
  else if (data === "keep the whole") event.waitUntil(keepWhole(port));
  else if (data === "how much") {
    event.waitUntil((async () => {
      const whole = Boolean(await (await caches.open(CACHE)).match(WHOLE));
      port.postMessage({ whole, bytes: (await listed()).bytes });
    })());
  } else if (data === "what is missing") {
    event.waitUntil((async () => {
      await reading;
      const cache = await caches.open(CACHE);
      let missing = await missingOf(cache);
      if (missing.length) missing = await keepAll(cache, missing).catch(() => missing);
      port.postMessage(missing);
    })());
  } else if (Array.isArray(data?.read)) {
    reading = reading.then(() => keepRead(data.read)).catch(() => {});
    event.waitUntil(reading);
  }
});

// The page for an address that has none, or that is not kept; it is told where the edition stands and why it is shown.
/** @type {(cache: Cache, why: string, status: number) => Promise<Response | null>} */
const instead = async (cache, why, status) => {
  const page = await cache.match(address(NOT_FOUND));
  if (!page) return null;
  const html = (await page.text()).replace("<html ", `<html data-root="${new URL(SCOPE).pathname}" data-why="${why}" `);
  return new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
};

/** @type {Set<string>} */
const ahead = new Set(); // pages of a newer version, which are given nothing of this one
// Keeps what was fetched, unless it is of another version: then the browser is to look for that.
/** @type {(file: string, answer: Response, page: string) => Promise<void>} */
const keepFetched = async (file, answer, page) => {
  const body = await answer.arrayBuffer();
  if (await isOurs(file, body)) await put(await caches.open(CACHE), file, body, answer.headers);
  else {
    if (page) ahead.add(page);
    worker.registration.update().catch(() => {});
  }
};

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method !== "GET" || path === null) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE);
    const { files } = await listed().catch(() => ({ files: {} })); // where it is lost nothing can be kept
    const file = fileOf(files, path);
    const page = request.mode === "navigate";
    // The links of an index page are meant from within its folder.
    if (page && file === `${path}/index.html`) return Response.redirect(`${address(path)}/${new URL(request.url).search}`);
    const found = file && await cache.match(address(file));
    const usable = found && (file !== NOT_FOUND || !page);
    if (usable && (page || !ahead.has(event.clientId))) return found; // a page that is left asks for the next
    try {
      let answer = await fetch(request);
      for (let n = 1; file && answer.status >= 500 && n < TRIES; n++) answer = await fetch(request);
      if (page && answer.status === 404) return (await instead(cache, "unknown", 404)) || answer;
      if (!file || answer.status !== 200 || (answer.redirected && fileOf(files, pathOf(answer.url)) !== file)) return answer;
      const keeping = keepFetched(file, answer.clone(), page ? event.resultingClientId : "").catch(() => {});
      if (page) await keeping; // before it asks for anything
      else event.waitUntil(keeping);
      return answer;
    } catch (error) {
      const shown = usable ? found : page && await instead(cache, "offline", 503);
      if (shown) return shown;
      throw error;
    }
  })());
});

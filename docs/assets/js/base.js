// What the other scripts share: where the site's root is, loading data, copying, saying what was done.
(() => {
  "use strict";

  const root = document.querySelector("meta[name=dossier-root]")?.content ?? ".";
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();

  // Data come as scripts, because a page opened from disk may not fetch. A host may fail now and then, so a failed
  // one is asked for again, and one that fails for good is not remembered: the next request starts afresh.
  /** @type {(time: number) => Promise<void>} */
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  /** @type {(src: string) => Promise<void>} */
  const fetched = (src) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => done();
    script.onerror = () => { script.remove(); failed(new Error(src)); };
    document.head.append(script);
  });
  /** @type {Dossier["run"]} */
  const run = (path) => {
    if (window.dossier.replaced) return Promise.reject(new Error("a newer edition has taken this one's place"));
    const begun = loading.get(path);
    if (begun) return begun;
    const src = `${root}/assets/${path}.js`;
    const tried = fetched(src).catch(() => pause(400).then(() => fetched(src))).catch(() => pause(1200).then(() => fetched(src)));
    tried.catch(() => loading.delete(path));
    loading.set(path, tried);
    return tried;
  };
  /** @type {Dossier["load"]} */
  const load = (name) => run(`data/${name}`);

  /** @type {Dossier["element"]} */
  const element = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  // Every Chinese run says that it is Chinese, for fonts and for screen readers. What a run is, hooks/dossier/han.py says.
  /** @type {Dossier["chinese"]} */
  const chinese = (text) => text.split(/(\p{Script=Han}(?:[、。，·《》]?\p{Script=Han})*)/u)
    .map((piece, at) => (at % 2 ? element("span", { lang: "zh-Hans" }, piece) : piece));

  /** @type {Dossier["closest"]} */
  const closest = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

  // A link's target is known from its address; pages would weigh more if every link repeated it:
  // data-entry is "actor:lin-na", data-cite "source#p12" or, of a work, "@id".
  const kinds = Object.entries(window.dossierKinds);
  const KIND_OF = Object.fromEntries(kinds.map(([kind, [place]]) => [place, kind]));
  const home = new URL(`${root}/`, location.href);
  const top = home.pathname;
  /** @type {(link: HTMLAnchorElement) => void} */
  const name = (link) => {
    const href = link.getAttribute("href") ?? "";
    if (href.startsWith("#w-")) { // a work in the list at the page's end
      link.dataset.cite = `@${href.slice("#w-".length)}`;
      return;
    }
    const url = new URL(href, location.href);
    const [, folder, page] = /^(?:([\w-]+)\/)?([\w-]+)\.html$/.exec(url.pathname.slice(top.length)) ?? [];
    const list = page && !folder && !KIND_OF[page] ? page.replace(/-\d+$/, "") : page; // of a part of a list, the list
    const id = url.hash.slice(1);
    if (!page) return;
    if (link.matches(".entry")) link.dataset.entry = `${KIND_OF[folder ?? list]}:${folder ? page : id}`;
    else link.dataset.cite = folder ? `${page}#${id}` : `@${id}`;
  };
  document.querySelectorAll("a.entry:not([data-entry]), a.cite:not([data-cite])").forEach(name);

  // This page's path from the site's root, whatever a host leaves out of it, and the address under which others know that
  // root: the published one, if there is one. A folder on disk means nothing to others.
  const path = location.pathname.slice(top.length).replace(/(^|\/)$/, "$1index.html").replace(/(\/|^)([^/.]+)$/, "$1$2.html");
  const canonical = document.querySelector("link[rel=canonical]")?.href;
  const published = canonical?.endsWith(path) ? canonical.slice(0, -path.length) : location.protocol.startsWith("http") ? home.href : null;

  // Where the entry of a key stands, from the site's root: "actor:lin-na" on actors/lin-na.html, at a heading where one is named.
  /** @type {Dossier["address"]} */
  const address = (key, heading = "") => {
    const [kind, id] = key.split(":");
    const [place, paged] = window.dossierKinds[kind];
    return paged ? `${place}/${id}.html${heading && `#${heading}`}` : `${place}.html#${id}`;
  };

  // Of a section's pages the one that is shown is in view.
  const here = document.querySelector(".section-bar [aria-current]");
  const bar = here?.closest("ul");
  if (here instanceof HTMLElement && bar) bar.scrollLeft = here.offsetLeft - bar.offsetLeft - bar.clientWidth / 2 + here.offsetWidth / 2;

  // The theme wraps wide tables so that they scroll; by keyboard too, if one can get there.
  addEventListener("load", () => document.querySelectorAll(".md-typeset__scrollwrap").forEach((wrap) => wrap.setAttribute("tabindex", "0")));

  const status = element("div", { class: "said-aloud", role: "status", "aria-live": "polite" });
  document.body.append(status);
  let quiet = 0;
  /** @type {Dossier["say"]} */
  const say = (text) => {
    // Nothing outside an open dialog is announced.
    const place = [...document.querySelectorAll("dialog[open]")].pop() ?? document.body;
    if (status.parentNode !== place) place.append(status);
    status.textContent = text;
    status.classList.add("shown");
    clearTimeout(quiet);
    quiet = setTimeout(() => status.classList.remove("shown"), 2500);
  };

  // The clipboard needs a secure page; elsewhere the older command still copies a selection. Gives whether it was copied.
  /** @type {Dossier["copy"]} */
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { class: "copy-area", readonly: "" });
      area.value = text;
      (document.querySelector("dialog[open]") ?? document.body).append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (!done) {
        say("Could not copy: select the text and copy it by hand");
        return false;
      }
    }
    say(`Copied ${what}`);
    return true;
  };

  // Storage may be forbidden, especially from disk.
  /** @type {Dossier["remember"]} */
  const remember = (key, value) => { try { if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch { /* not kept */ } };
  /** @type {Dossier["recall"]} */
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  // Numbers, compactly: "1-17,20".
  /** @type {Dossier["ranges"]} */
  const ranges = {
    read: (text) => new Set((text ?? "").split(",").filter(Boolean).flatMap((piece) => {
      const [first, last = first] = piece.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    })),
    write: (numbers) => {
      /** @type {[first: number, last: number][]} */
      const found = [];
      for (const n of [...numbers].sort((a, b) => a - b)) {
        const latest = found.at(-1);
        if (latest?.[1] === n - 1) latest[1] = n; else found.push([n, n]);
      }
      return found.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(",");
    },
  };

  // Keys that an input method uses to choose among candidates; Safari says so only by the key code.
  /** @type {Dossier["composing"]} */
  const composing = (event) => event.isComposing || event.keyCode === 229;

  // The Chinese face comes once something is drawn; Chinese that is not seen at first waits for its face until it is in view or the reader has begun to read (type.css).
  requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.drawn = ""; }));
  const seen = new IntersectionObserver((found) => {
    for (const { isIntersecting, target } of found) if (isIntersecting && target instanceof HTMLElement) target.dataset.seen = "";
  });
  for (const one of document.querySelectorAll(".para-notes, .glossary > *")) seen.observe(one);
  const begun = () => { document.documentElement.dataset.begun = ""; seen.disconnect(); };
  for (const type of ["scroll", "pointermove", "pointerdown", "keydown"]) addEventListener(type, begun, { once: true, passive: true });

  // The scripts that follow add the rest of it.
  window.dossier = /** @type {Dossier} */ ({ root, path, published, kinds, address, run, load, element, chinese, closest, say, copy, composing, remember, recall, ranges });
})();

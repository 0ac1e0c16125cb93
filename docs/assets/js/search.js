// The search box. The index is built ahead (hooks/dossier/search.py), in parts that are loaded as scripts
// when a query needs them, because a page opened from disk may not fetch and a large index is long in coming.
(() => {
  "use strict";

  const SHOWN = 4;
  const HAN = /\p{Script=Han}+/gu;

  const { element, kinds, root } = window.dossier;
  const GROUPS = [...kinds.flatMap(([kind, [, , title]]) => (title ? [[kind, title]] : [])), ["paragraph", "Paragraphs"]];
  const box = document.querySelector(".finder");
  if (!box) return;
  const input = box.querySelector(".finder-input");
  const panel = box.querySelector(".finder-panel");
  const status = box.querySelector(".finder-status");
  const list = box.querySelector(".finder-results");

  let simple = null; // from traditional characters to simplified ones
  let loading = null;
  let active = -1;
  const engines = new Map(); // by the parts of the index that they hold

  const load = () => {
    loading ??= Promise.all([window.dossier.load("simplified"), window.dossier.load("search/head")]).then(() => {
      const [from, to] = window.dossierSimplified.map((text) => Array.from(text));
      simple = new Map(from.map((char, n) => [char, to[n]]));
    });
    loading.catch(() => { loading = null; }); // the next key tries again
    return loading;
  };
  const part = async (name) => {
    await window.dossier.load(`search/${name}`);
    return window.dossierSearchParts[name];
  };

  // The parts in which terms may lie that begin so; the parts are cut from the sorted terms.
  const partsOf = (start) => {
    const { parts } = window.dossierSearch;
    const first = Math.max(0, parts.findLastIndex((term) => term <= start));
    const last = parts.findLastIndex((term) => term <= `${start}\uffff`);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
  };

  const engineOf = async (numbers) => {
    const key = numbers.join();
    if (!engines.has(key)) {
      const terms = (await Promise.all(numbers.map((n) => part(`terms-${n}`)))).flat();
      const { count, fields, average, lengths } = window.dossierSearch;
      const ids = Array.from({ length: count }, (_, n) => n);
      const width = average.length;
      const index = {
        documentCount: count, nextId: count, documentIds: ids, fieldIds: fields, averageFieldLength: average, storedFields: {}, dirtCount: 0,
        fieldLength: ids.map((n) => lengths.slice(n * width, (n + 1) * width)), index: terms, serializationVersion: 2,
      };
      if (engines.size > 5) engines.delete(engines.keys().next().value);
      engines.set(key, MiniSearch.loadJS(index, { fields: Object.keys(fields), tokenize: tokens, processTerm: (term) => term }));
    }
    return engines.get(key);
  };

  // The same cut as hooks/dossier/search.py; of Chinese a query takes pairs, so that order counts.
  const fold = (text) => Array.from(text.normalize("NFKC"), (c) => simple.get(c) ?? c).join("")
    .toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const tokens = (text) => {
    const found = [];
    for (const [word] of fold(text).matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu)) {
      for (const [run] of word.matchAll(HAN)) {
        const chars = Array.from(run);
        if (chars.length === 1) found.push(run);
        for (let n = 0; n + 1 < chars.length; n++) found.push(chars[n] + chars[n + 1]);
      }
      for (const part of word.split(HAN)) {
        const plain = part.replace(/['’]s?$/u, "").replace(/['’]/gu, "");
        if (plain) found.push(plain);
      }
    }
    return found;
  };

  const isChinese = (term) => /^\p{Script=Han}/u.test(term);
  const options = (combineWith, slips) => ({
    combineWith,
    prefix: (term) => !isChinese(term),
    fuzzy: (term) => (slips && !isChinese(term) && term.length > 3 ? 0.25 : false),
    maxFuzzy: 2,
    weights: { fuzzy: 0.2, prefix: 0.6 },
    boost: { name: 6, also: 4 },
    boostDocument: (id) => { const kind = kindOf(id); return kind === "actor" ? 1.6 : kind === "check" || kind === "event" ? 0.7 : 1; },
  });

  // Documents stand kind by kind.
  const kindOf = (id) => window.dossierSearch.kinds.findLast(([, first]) => first <= id)[0];

  // The hits of a kind that may be shown, with what they say; whole names and phrases come first.
  const withDocuments = async (hits, query) => {
    const { chunk } = window.dossierSearch;
    const found = await Promise.all(hits.map(async (hit) => {
      const [title, url, names, text] = (await part(`documents-${Math.floor(hit.id / chunk)}`))[hit.id % chunk];
      const whole = fold(title) === query;
      const phrase = query.includes(" ") && fold(text).includes(query);
      return { ...hit, title, url, names, text, score: hit.score * (whole ? 8 : 1) * (phrase ? 6 : 1) };
    }));
    return found.sort((a, b) => b.score - a.score);
  };

  // As written first; then with slips of spelling forgiven; then any of the words. Gives the hits by kind.
  const find = async (text, all) => {
    const query = fold(text).trim().replace(/\s+/gu, " ");
    const terms = tokens(query);
    if (!terms.length) return { count: 0, groups: [] };
    for (const [combine, slips] of [["AND", false], ["AND", true], ["OR", true]]) {
      // A slip is looked for among the terms with the same first letter.
      const starts = terms.map((term) => (slips && !isChinese(term) && term.length > 3 ? term[0] : term));
      const engine = await engineOf([...new Set(starts.flatMap(partsOf))].sort((a, b) => a - b));
      const hits = engine.search(query, options(combine, slips));
      if (!hits.length) continue;
      const groups = await Promise.all(GROUPS.map(async ([kind, title]) => {
        const own = hits.filter((hit) => kindOf(hit.id) === kind);
        return { kind, title, count: own.length, hits: await withDocuments(all === kind ? own : own.slice(0, SHOWN * 2), query) };
      }));
      return {
        count: hits.length,
        slips: slips && combine === "AND",
        groups: groups.filter((group) => group.count).sort((a, b) => b.hits[0].score - a.hits[0].score),
      };
    }
    return { count: 0, groups: [] };
  };

  const marked = (text, terms) => {
    const words = terms.filter((term) => term.length > 1 || isChinese(term)).sort((a, b) => b.length - a.length);
    if (!words.length) return [text];
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})`, "giu");
    const pieces = [];
    let at = 0;
    for (const match of text.matchAll(pattern)) {
      pieces.push(text.slice(at, match.index), element("mark", {}, match[0]));
      at = match.index + match[0].length;
    }
    return [...pieces, text.slice(at)];
  };

  // The part of a text around the first word found.
  const context = (text, terms) => {
    const lower = text.toLowerCase();
    const first = Math.min(...terms.map((term) => lower.indexOf(term)).filter((at) => at >= 0), text.length);
    if (first === text.length || first < 90) return text.length > 180 ? `${text.slice(0, 180)}…` : text;
    const start = text.indexOf(" ", first - 70) + 1;
    return `…${text.slice(start, start + 170)}${start + 170 < text.length ? "…" : ""}`;
  };

  let asked = 0;
  const render = async (text, all = null) => {
    const question = ++asked;
    const { count, slips, groups } = await find(text, all);
    if (question !== asked) return; // the reader has typed on
    list.replaceChildren();
    active = -1;
    input.removeAttribute("aria-activedescendant");
    if (!count) {
      status.textContent = text.trim()
        ? `Nothing found for “${text.trim()}”. You can search names in English or Chinese (黄仁勋, 老黄, 英偉達), words and phrases of the translation, terms and slogans, and paragraph numbers (p30).`
        : "";
      return;
    }
    status.textContent = `${count} ${count === 1 ? "result" : "results"}${slips ? ", spelling slips forgiven" : ""}`;
    let number = 0;
    for (const { kind, title, count: of, hits } of groups) {
      const group = element("div", { role: "group", "aria-label": title, class: "finder-group" }, element("p", { class: "finder-title", "aria-hidden": "true" }, title));
      const shown = all === kind ? hits : hits.slice(0, SHOWN);
      for (const hit of shown) {
        const link = element("a", { role: "option", id: `finder-${number++}`, href: `${root}/${hit.url}`, tabindex: "-1", "aria-selected": "false" });
        const head = element("span", { class: "finder-name" }, ...marked(hit.title, hit.terms));
        if (hit.names) head.append(" ", element("span", { lang: "zh-Hans", class: "zh-name" }, hit.names));
        link.append(head, element("span", { class: "finder-text" }, ...marked(context(hit.text, hit.terms), hit.terms)));
        group.append(link);
      }
      if (of > shown.length) {
        const more = element("button", { type: "button", role: "option", id: `finder-${number++}`, class: "finder-more", tabindex: "-1", "aria-selected": "false" }, `${of - shown.length} more`);
        more.addEventListener("click", () => { render(input.value, kind); input.focus(); });
        group.append(more);
      }
      list.append(group);
    }
  };

  const open = (shown) => {
    panel.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    document.documentElement.classList.toggle("finder-open", shown);
  };

  const update = async () => {
    if (!input.value.trim()) {
      open(false);
      return;
    }
    open(true);
    if (!simple) status.textContent = "Loading…";
    try {
      await load();
      await render(input.value);
    } catch {
      status.textContent = "The search index could not be loaded. Check the connection, then go on typing: it is tried again.";
    }
  };

  const move = (step) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    options[active]?.setAttribute("aria-selected", "false");
    active = (active + step + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  };

  input.addEventListener("focus", () => { load().catch(() => {}); if (input.value) update(); }, { passive: true });
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    if (window.dossier.composing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const options = list.querySelectorAll("[role=option]");
      const chosen = options[Math.max(active, 0)];
      if (chosen && !panel.hidden) { event.preventDefault(); chosen.click(); }
    } else if (event.key === "Escape") {
      if (!panel.hidden) event.preventDefault();
      open(false);
    }
  });
  list.addEventListener("click", (event) => { if (event.target.closest("a")) open(false); });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) open(false); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !window.dossier.composing(event) && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();

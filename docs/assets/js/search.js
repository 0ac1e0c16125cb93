// The search box. The index is built ahead (hooks/dossier/search.py) and loaded as a script when the
// box is first used, because a page opened from disk may not fetch.
(() => {
  "use strict";

  const GROUPS = [
    ["actor", "People and bodies"], ["policy", "Policies"], ["argument", "Arguments"], ["product", "Products"],
    ["term", "Terms"], ["event", "Events"], ["figure", "Figures"], ["check", "Checks"], ["paragraph", "Paragraphs"],
  ];
  const SHOWN = 4;
  const HAN = /[\u3400-\u4dbf\u4e00-\u9fff]+/gu;

  const { element, root } = window.dossier;
  const box = document.querySelector(".finder");
  if (!box) return;
  const input = box.querySelector(".finder-input");
  const panel = box.querySelector(".finder-panel");
  const status = box.querySelector(".finder-status");
  const list = box.querySelector(".finder-results");

  let engine = null;
  let loading = null;
  let active = -1;

  const load = () => {
    loading ??= Promise.all([window.dossier.load("simplified"), window.dossier.load("search-index")]).then(() => {
      const { documents, index } = window.dossierSearch;
      const [from, to] = window.dossierSimplified.map((text) => Array.from(text));
      const simple = new Map(from.map((char, n) => [char, to[n]]));
      engine = { documents, simple, search: null };
      engine.search = MiniSearch.loadJS(index, {
        fields: ["name", "also", "text"],
        tokenize: (text) => tokens(text, false),
        processTerm: (term) => term,
      });
    });
    return loading;
  };

  // The same cut as hooks/dossier/search.py; of Chinese a query takes pairs, so that order counts.
  const fold = (text) => Array.from(text.normalize("NFKC"), (c) => engine.simple.get(c) ?? c).join("")
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

  const isChinese = (term) => /^[\u3400-\u4dbf\u4e00-\u9fff]/u.test(term);
  const options = (query, combineWith, slips) => ({
    combineWith,
    prefix: (term) => !isChinese(term),
    fuzzy: (term) => (slips && !isChinese(term) && term.length > 3 ? 0.25 : false),
    maxFuzzy: 2,
    weights: { fuzzy: 0.2, prefix: 0.6 },
    boost: { name: 6, also: 4 },
    boostDocument: (id) => {
      const [kind, name, , , text] = engine.documents[id];
      const whole = fold(name) === query;
      const phrase = query.includes(" ") && fold(text).includes(query);
      return (whole ? 8 : 1) * (phrase ? 6 : 1) * (kind === "actor" ? 1.6 : kind === "check" || kind === "event" ? 0.7 : 1);
    },
  });

  // As written first; then with slips of spelling forgiven; then any of the words.
  const find = (text) => {
    const query = fold(text).trim().replace(/\s+/gu, " ");
    if (!tokens(query).length) return [];
    for (const [combine, slips] of [["AND", false], ["AND", true], ["OR", true]]) {
      const hits = engine.search.search(query, options(query, combine, slips));
      if (hits.length) return hits.map((hit) => ({ ...hit, slips: slips && combine === "AND" }));
    }
    return [];
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

  const render = (text, all = null) => {
    const hits = find(text);
    list.replaceChildren();
    active = -1;
    input.removeAttribute("aria-activedescendant");
    if (!hits.length) {
      status.textContent = text.trim()
        ? `Nothing found for “${text.trim()}”. You can search names in English or Chinese (黄仁勋, 老黄, 英偉達), words and phrases of the translation, terms and slogans, and paragraph numbers (p30).`
        : "";
      return;
    }
    status.textContent = `${hits.length} ${hits.length === 1 ? "result" : "results"}${hits[0].slips ? ", spelling slips forgiven" : ""}`;
    const groups = GROUPS
      .map(([kind, title]) => ({ kind, title, hits: hits.filter((hit) => engine.documents[hit.id][0] === kind) }))
      .filter((group) => group.hits.length)
      .sort((a, b) => b.hits[0].score - a.hits[0].score);
    let number = 0;
    for (const { kind, title, hits: found } of groups) {
      const group = element("div", { role: "group", "aria-label": title, class: "finder-group" }, element("p", { class: "finder-title", "aria-hidden": "true" }, title));
      const shown = all === kind ? found : found.slice(0, SHOWN);
      for (const hit of shown) {
        const [, name, url, names, body] = engine.documents[hit.id];
        const link = element("a", { role: "option", id: `finder-${number++}`, href: `${root}/${url}`, tabindex: "-1", "aria-selected": "false" });
        const head = element("span", { class: "finder-name" }, ...marked(name, hit.terms));
        if (names) head.append(" ", element("span", { lang: "zh-Hans", class: "zh-name" }, names));
        link.append(head, element("span", { class: "finder-text" }, ...marked(context(body, hit.terms), hit.terms)));
        group.append(link);
      }
      if (found.length > shown.length) {
        const more = element("button", { type: "button", role: "option", id: `finder-${number++}`, class: "finder-more", tabindex: "-1", "aria-selected": "false" }, `${found.length - shown.length} more`);
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
    if (!engine) status.textContent = "Loading…";
    try {
      await load();
      render(input.value);
    } catch {
      status.textContent = "The search index could not be loaded.";
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
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();

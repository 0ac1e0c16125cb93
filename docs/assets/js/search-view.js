// Asks the engine and shows its answers: for the search box, as options, and for the results page.
(() => {
  "use strict";

  const SHOWN = 8; // answers in the box
  const { run, load, element, chinese, root } = window.dossier;
  /** @type {Record<string, string>} */
  const LABELS = { reference: "work", page: "page" };

  /** @type {LoadPart} */
  const part = async (name) => { await load(`search/${name}`); return window.dossierSearchParts[name]; };
  /** @type {SearchEngine | null} */
  let engine = null;
  const ready = async () => {
    const scripts = ["vendor/snowball/base-stemmer", "vendor/snowball/english-stemmer", "js/analyzer", "js/search-engine", "data/simplified", "data/search/head"];
    await Promise.all(scripts.map(run));
    return engine ??= window.dossierEngine(window.dossierSearch, part, window.dossierSimplified, new window.EnglishStemmer());
  };

  /** @type {(kind: string) => string} */
  const titleOf = (kind) => window.dossierSearch.titles[kind];

  /** @type {(words: string[]) => string} */
  const quoted = (words) => words.map((word) => `“${word}”`).join(", ");

  // What the search did, one sentence each.
  /** @type {(done: { notes: SearchNotes, wider: string[] }, question: string) => string} */
  const notes = ({ notes: found, wider }, question) => {
    const said = [];
    if (found.missing.length) said.push(`${quoted(found.missing)} was not found.`);
    if (found.slips.length) said.push(`A slip was forgiven in ${quoted(found.slips)}.`);
    if (found.unknown.length) said.push(`There is no ${found.unknown.join(", ")}.`);
    if (found.phrase) said.push("These very words were not found one after another.");
    if (wider.length) said.push(`Also found as ${wider.slice(0, 4).join(", ")}.`);
    if (/^(?:who (?:opposes|supports)|谁(?:反对|支持))\s*\??$/u.test(question.trim())) said.push(`Name what it is about: ${window.dossierSearch.example}.`);
    return said.join(" ");
  };

  /** @type {(count: number) => string} */
  const counted = (count) => `${count} ${count === 1 ? "result" : "results"}`;

  // The answers to a question, those of one kind if one is named, with what to say of them and what they are called elsewhere.
  /** @type {SearchView["ask"]} */
  const ask = async (question, { kind = "", source = "", limit = SHOWN } = {}) => {
    const { search, documents, kindOf, analyze, fold } = await ready();
    const found = await search(source ? `source:${source} ${question}` : question);
    const ids = kind ? found.ids.filter((id) => kindOf(id) === kind) : found.ids;
    const [results, meant] = await Promise.all([documents(ids.slice(0, limit)), documents(found.notes.widened)]);
    const related = results[0] && !kind ? await documents(results[0].related) : [];
    // An entry is marked by all its names; those that the question did not use are told.
    const names = meant.flatMap(({ title, names: zh, others }) => [title, ...(zh ? [zh] : []), ...others]);
    const sequences = names.map((name) => analyze(fold(name)).map(({ term }) => term)).filter((terms) => terms.length);
    const own = fold(question);
    const wider = [...new Set([...found.notes.words, ...meant.map(({ title }) => title)])].filter((name) => !own.includes(fold(name)));
    let said = "";
    if (question.trim()) {
      if (found.notes.empty) said = `“${question.trim()}” says too little to search for. ${window.dossierSearch.help}`;
      else if (!found.total) said = `Nothing found for “${question.trim()}”. ${notes({ ...found, wider: [] }, question)} ${window.dossierSearch.help}`;
      else said = `${counted(ids.length)}. ${notes({ ...found, wider }, question)}`.trim();
    }
    return { ...found, question, kind, count: ids.length, results, related, sequences, said };
  };

  // Where in a text the words of a question stand, as they were found: by stem, value, date, pair of characters, or name.
  /** @type {(text: string, answer: ShownAnswers) => [start: number, end: number][]} */
  const places = (text, { terms, sequences }) => {
    if (!engine) return [];
    const { placed, analyze } = engine;
    const [folded, at] = placed(text);
    const tokens = analyze(folded);
    /** @type {[start: number, end: number][]} */
    const spans = [];
    /** @type {(token: Token) => boolean} */
    const isFound = ({ kind, term }) => terms.has(term) || (kind === "date" && [`@${term}`, `@${term.slice(4)}`, term.slice(0, 4)].some((form) => terms.has(form)));
    tokens.forEach((token, n) => {
      if (token.kind === "han") {
        const chars = Array.from(token.term);
        let from = token.start;
        chars.forEach((char, m) => {
          if (terms.has(char + (chars[m + 1] ?? "")) && m + 1 < chars.length) spans.push([from, from + char.length + chars[m + 1].length]);
          from += char.length;
        });
      } else if (token.kind !== "stop" && isFound(token)) {
        spans.push([token.start, token.end]);
      }
      for (const sequence of sequences) {
        if (sequence.every((term, m) => tokens[n + m]?.term === term)) spans.push([token.start, tokens[n + sequence.length - 1].end]);
      }
    });
    /** @type {[start: number, end: number][]} */
    const joined = [];
    for (const [start, end] of spans.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end); else joined.push([start, end]);
    }
    return joined.map(([start, end]) => [at[start], at[end] ?? text.length]);
  };

  /** @type {(text: string, answer: ShownAnswers, part?: [from: number, to: number]) => (Node | string)[]} */
  const marked = (text, answer, [from, to] = [0, text.length]) => {
    const pieces = [];
    let at = from;
    for (const [start, end] of places(text, answer)) {
      if (start < at || end > to) continue;
      pieces.push(...chinese(text.slice(at, start)), element("mark", {}, ...chinese(text.slice(start, end))));
      at = end;
    }
    return [...pieces, ...chinese(text.slice(at, to))];
  };

  // The part of a text that holds the most of what was found.
  const LENGTH = 200;
  /** @type {(text: string, answer: ShownAnswers) => (Node | string)[]} */
  const excerpt = (text, answer) => {
    if (text.length <= LENGTH) return marked(text, answer);
    const spans = places(text, answer);
    /** @type {(start: number) => number} */
    const within = (start) => new Set(spans.filter(([a, b]) => a >= start && b <= start + LENGTH - 30).map(([a, b]) => text.slice(a, b).toLowerCase())).size;
    let best = [0, within(0) + 0.5];
    for (const [start] of spans) if (within(start) > best[1]) best = [start, within(start)];
    const from = best[0] > 60 ? text.indexOf(" ", best[0] - 50) + 1 : 0;
    const cut = text.lastIndexOf(" ", from + LENGTH);
    const to = from + LENGTH >= text.length ? text.length : cut > from + 60 ? cut : from + LENGTH;
    return [...(from ? ["…"] : []), ...marked(text, answer, [from, to]), ...(to < text.length ? ["…"] : [])];
  };

  /** @type {SearchView["body"]} */
  const body = (hit, answer) => {
    const head = element("span", { class: "finder-name" }, ...marked(hit.title, answer));
    if (hit.names) head.append(" ", element("span", { lang: "zh-Hans", class: "zh-name" }, ...marked(hit.names, answer)));
    if (hit.kind !== "paragraph") head.append(" ", element("span", { class: "finder-kind" }, LABELS[hit.kind] ?? hit.kind)); // its name says so
    return [head, element("span", { class: "finder-text" }, ...excerpt(hit.text, answer))];
  };
  /** @type {SearchView["href"]} */
  const href = (hit) => `${root}/${hit.url}`;

  // For the box: the answers, under the first what is most tied to it, then the kinds to be opened and the page.
  /** @type {SearchView["options"]} */
  const options = (answer, page, open) => {
    let number = 0;
    /** @type {Dossier["element"]} */
    const option = (tag, attributes, ...children) => element(tag, { role: "option", id: `finder-${number++}`, tabindex: "-1", "aria-selected": "false", ...attributes }, ...children);
    /** @type {(name: string, ...children: (Node | string)[]) => HTMLElement} */
    const group = (name, ...children) => element("div", { role: "group", "aria-label": name, class: "finder-group" }, ...children);
    const [first, ...others] = answer.results;
    const nodes = [];
    if (first) nodes.push(group("Best answer", option("a", { href: href(first) }, ...body(first, answer))));
    if (answer.related.length) {
      const links = answer.related.map((hit) => option("a", { href: href(hit), class: "finder-chip" }, ...chinese(hit.title)));
      const row = group(`Related to ${first.title}`, element("span", { class: "finder-title", "aria-hidden": "true" }, "Related"), ...links);
      row.classList.add("finder-row");
      nodes.push(row);
    }
    if (answer.total > 1) {
      /** @type {[kind: string, count: number][]} */
      const chips = answer.kind ? [["", answer.total]] : answer.counts;
      const row = group("By kind", ...chips.map(([kind, count]) => {
        const chip = option("button", { type: "button", class: "finder-chip" }, `${kind ? titleOf(kind) : "All"} ${count}`);
        chip.addEventListener("click", () => open(kind));
        return chip;
      }));
      row.append(option("a", { href: page, class: "finder-chip finder-page" }, "All on one page"));
      row.classList.add("finder-row");
      nodes.push(row);
    }
    if (others.length) nodes.push(group("More answers", ...others.map((hit) => option("a", { href: href(hit) }, ...body(hit, answer)))));
    return nodes;
  };

  // The sources that answers may be kept to, where there are several.
  /** @type {SearchView["sources"]} */
  const sources = async () => { await ready(); return window.dossierSearch.source ? [] : await part("sources") ?? []; };

  window.dossierAnswers = { ready, ask, sources, options, body, href, titleOf };
})();

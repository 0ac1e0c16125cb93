// Proposing a change from the published page: which entry, paragraph or file, its form, what depends on it, and the ways to send it.
// Nothing is sent from here. What is to be changed stands in the address: ?at=actors/lin-na.html, ?at=timeline.html%23ID, ?new=actor.
(() => {
  "use strict";
  const { run, load, element, chinese, root, copy, published } = window.dossier;
  const place = document.querySelector("[data-propose]");
  if (!place) return;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;
  const LONG = 6500; // letters of an address that a forge still takes
  const MAIL = 1700;

  const styles = () => new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: `${root}/assets/css/propose.css` });
    link.onload = link.onerror = done;
    document.head.append(link);
  });

  /** What is proposed, in the order in which it was begun. @type {Change[]} */
  const changes = [];
  /** @type {Change | null} */
  let shown = null;
  let why = "";
  let taken = false; // whether it has left the page
  let all = false; // whether every fault is shown beside its field

  /** @type {(path: string) => Promise<DataFile>} */
  const file = async (path) => { await load(`files/${path}`); return window.dossierFiles[path]; };
  /** @type {(kind: string) => string} */
  const oneOf = (kind) => kind === "reference" ? "work" : kind;
  /** @type {(kind: string) => string} */
  const article = (kind) => (/^[aeiou]/.test(oneOf(kind)) ? `an ${oneOf(kind)}` : `a ${oneOf(kind)}`);
  /** @type {(kind: string, id: string) => string} The file of a record. */
  const pathOf = (kind, id) => Object.entries(window.dossierPropose.kinds[kind].files).find(([, listed]) => listed.some(([one]) => one === id))?.[0] ?? "";
  /** @type {(key: string) => string} */
  const nameOf = (key) => {
    const [kind, id] = key.split(":");
    const own = changes.find((one) => one.key === key)?.name();
    if (own) return own;
    if (kind === "source") return window.dossierPropose.sources[id]?.short ?? id;
    const listed = window.dossierPropose.kinds[kind]?.files ?? {};
    return window.dossierPreviews.entries[key]?.[0] ?? window.dossierPreviews.works[id]?.[0] ?? Object.values(listed).flat().find(([one]) => one === id)?.[1] ?? id;
  };
  /** @type {(key: string) => string} */
  const addressOf = (key) => {
    const [kind, id] = key.split(":");
    if (kind === "source") return `${root}/sources/${id}.html`;
    const { page, paged } = window.dossierPropose.kinds[kind];
    return `${root}/${paged ? page.replace("index", id) : `${page}#${id}`}`;
  };
  /** @type {(kind: string) => Shape} The schema of one record. */
  const shapeOf = (kind) => {
    const { schema } = window.dossierPropose.kinds[kind];
    const { shapeOf: shape } = window.dossier.check;
    return whole(schema.type === "array" ? shape(schema.items, schema.$defs ?? {}) : schema, schema.$defs ?? {});
  };
  /** @type {(shape: Shape, definitions: Record<string, Shape>) => Shape} With what it refers to in its place. */
  const whole = (shape, definitions) => {
    const found = window.dossier.check.shapeOf(shape, definitions);
    return { ...found, ...(found.items ? { items: whole(found.items, definitions) } : {}), ...(found.properties ? { properties: Object.fromEntries(Object.entries(found.properties).map(([name, part]) => [name, whole(part, definitions)])) } : {}) };
  };

  // What is new in the proposal can be linked and cited in it.

  const extra = () => changes.flatMap((one) => (one.how === "new" ? [{ value: one.key, head: one.name() || one.key, more: "new in this proposal" }] : []));
  /** @type {() => Map<string, boolean>} What is new, and whether something else in the proposal names it. */
  const added = () => new Map(changes.filter(({ how }) => how === "new").map(({ key }) => [key, changes.some((other) => other.key !== key && other.text().includes(key.startsWith("reference:") ? key.slice(10) : key))]));

  // The kinds of change

  /** @type {(key: string, put?: [old: string, now: string][]) => Promise<Change>} A record, with words put in the place of others. */
  const edited = async (key, put = []) => {
    const [kind, id] = key.split(":");
    const path = pathOf(kind, id);
    const { text, spans } = await file(path);
    const { read, clean, edits } = window.dossier.yaml;
    const span = /** @type {Span} */ (Array.isArray(spans?.[2]) ? spans[2].find((one) => /** @type {any} */ (read(text, one)).id === id) : spans);
    const value = /** @type {Record<string, Value>} */ (read(text, span));
    for (const [old, now] of put) replace(value, old, now);
    const name = nameOf(key);
    const form = window.dossier.form.form({ schema: window.dossierPropose.kinds[kind].schema, value, source: sourceOf(value), extra, changed });
    return {
      key, path, how: "edit", node: form.node, form,
      name: () => name,
      text: () => JSON.stringify(value),
      faults: () => window.dossier.check.check({ kind, id, value: /** @type {Record<string, Value>} */ (clean(value)), fresh: false, linkedTo: added() }),
      edits: () => edits(text, span, value, shapeOf(kind)),
      title: () => `Change ${name}`,
    };
  };
  /** @type {(value: Record<string, Value> | Value[], old: string, now: string) => void} In all texts of a value. */
  const replace = (value, old, now) => {
    const holder = /** @type {Record<string, Value>} */ (value);
    for (const [name, part] of Object.entries(holder)) {
      if (typeof part === "string") holder[name] = part.split(old).join(now);
      else replace(part, old, now);
    }
  };
  /** @type {(quote: string, before: string, now: string) => string} What stands where a quotation stood, in whole words. */
  const today = (quote, before, now) => {
    const from = before.indexOf(quote);
    if (from < 0) return window.dossier.prose.likest(quote, [now]);
    let first = 0;
    while (first < before.length && before[first] === now[first]) first++;
    let rest = 0;
    while (rest < Math.min(before.length, now.length) - first && before[before.length - 1 - rest] === now[now.length - 1 - rest]) rest++;
    const [changes_, moved] = [before.length - rest, now.length - before.length];
    let start = from <= first ? from : from >= changes_ ? from + moved : first;
    const to = from + quote.length;
    let end = to <= first ? to : to >= changes_ ? to + moved : now.length - rest;
    const word = /[\p{L}\p{N}’'-]/u;
    while (start > 0 && word.test(now[start - 1]) && word.test(now[start] ?? "")) start--;
    while (end < now.length && word.test(now[end]) && word.test(now[end - 1] ?? "")) end++;
    return now.slice(start, end).trim();
  };
  /** @type {(value: Record<string, Value>) => string} */
  const sourceOf = ({ source }) => String(source || window.dossierPropose.default || "");

  /** @type {(kind: string, given?: Record<string, Value>) => Promise<Change>} */
  const fresh = async (kind, given = {}) => {
    const { folder, paged, files, schema } = window.dossierPropose.kinds[kind];
    const { clean, mapping, item } = window.dossier.yaml;
    /** @type {Record<string, Value>} */
    const value = { ...given };
    const list = paged ? "" : Object.keys(files).at(-1) ?? folder;
    const before = paged || !(list in files) ? null : (await file(list)).text;
    const id = element("input", { type: "text", id: "f-id", name: "id", autocomplete: "off", spellcheck: "false", "aria-describedby": "f-id-help f-id-fault" });
    const fault = element("p", { class: "propose-fault", id: "f-id-fault", hidden: "" });
    const form = window.dossier.form.form({ schema, value, source: sourceOf(value), extra, changed });
    form.node.prepend(element("div", { class: "propose-field" }, element("label", { for: "f-id" }, "Id ", element("span", { class: "propose-needed" }, "needed")),
      element("p", { class: "propose-help", id: "f-id-help" }, `By what others link to it${paged ? " and what its page is called" : ""}; made of the name, and for good once it is published.`), id, fault));
    form.add(id, fault);
    let own = false; // whether the reader has chosen the id
    id.addEventListener("input", () => { own = Boolean(id.value); changed(); });
    form.node.addEventListener("input", () => { if (!own) { id.value = slug(one.name()); changed(); } });
    /** @type {Change} */
    const one = {
      get key() { return `${kind}:${id.value || "new"}`; },
      get path() { return paged ? `${folder}/${id.value || "new"}.yml` : list; },
      how: "new", node: form.node, form,
      name: () => String(value.name ?? value.title ?? value.zh ?? ""),
      text: () => JSON.stringify(value),
      faults: () => window.dossier.check.check({ kind, id: id.value, value: /** @type {Record<string, Value>} */ (clean(value)), fresh: true, linkedTo: added() }),
      edits: () => {
        const shape = shapeOf(kind);
        if (paged) return [{ start: 0, end: 0, put: `# yaml-language-server: $schema=../.schemas/${kind}.json\n${mapping(value, shape)}\n` }];
        const put = item({ id: id.value, ...value }, { ...shape, properties: { id: {}, ...shape.properties } }, 0);
        return before === null ? [{ start: 0, end: 0, put: `# yaml-language-server: $schema=.schemas/${kind}.json\n${put}\n` }] : [{ start: before.length, end: before.length, put: `${before.endsWith("\n") ? "" : "\n"}\n${put}\n` }];
      },
      title: () => `Add ${one.name() || article(kind)}`,
    };
    return one;
  };
  /** @type {(name: string) => string} */
  const slug = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);

  /** @type {(key: string) => Promise<Change>} */
  const deleted = async (key) => {
    const [kind, id] = key.split(":");
    const path = pathOf(kind, id);
    const [{ text, spans }] = await Promise.all([file(path), load("uses")]);
    const { read, lines } = window.dossier.yaml;
    const name = nameOf(key);
    const listed = Array.isArray(spans?.[2]) ? spans[2] : [];
    const span = listed.find((one) => /** @type {any} */ (read(text, one)).id === id);
    const [rest] = dangling(key);
    const alone = orphaned(key);
    const node = element("div", {}, element("p", {}, window.dossierPropose.kinds[kind].paged ? "Its file would go, and its page with it. Say why, with the change." : "It would go from its list. Say why, with the change."));
    if (rest.length) node.append(element("p", { class: "propose-warning" }, element("b", {}, "These would lead nowhere"), " and have to be changed in the same proposal, or the check refuses it:"), element("ul", {}, ...rest.map((item) => element("li", {}, ...item.nodes(), " ", ...(item.key ? [window.dossier.form.button("Change it too", () => begin(open(item.key)), `Change it too: ${item.name}`)] : [])))));
    else node.append(element("p", {}, "Nothing depends on it."));
    if (alone.length) node.append(element("p", { class: "propose-warning" }, "Nothing else would name these any more; delete them too, or say in their field “standalone” why they stay:"), element("ul", {}, ...alone.map((other) => element("li", {}, element("a", { href: addressOf(other), target: "_blank", rel: "noopener" }, ...chinese(nameOf(other))), " ", window.dossier.form.button("Delete it too", () => begin(deleted(other)), `Delete it too: ${nameOf(other)}`)))));
    return {
      key, path, how: "delete", node,
      name: () => name, text: () => "",
      faults: () => {
        const named = kind === "reference" ? id : key;
        const left = rest.filter((item) => { const other = changes.find((one) => one.key === item.key); return !other || other.text().includes(named); });
        return left.length ? [{ path: [], message: `${left.length === 1 ? "one place still leads" : `${left.length} places still lead`} to ${key}: change ${left.length === 1 ? "it" : "them"} too` }] : [];
      },
      edits: () => {
        if (!span) return null;
        const dash = text.lastIndexOf("-", span[0] - 1);
        return [lines(text, dash, span[1], span === listed.at(-1))];
      },
      title: () => `Delete ${name}`,
    };
  };

  /** @type {(source: string, number: string, words?: string) => Promise<Change>} A paragraph of the text, with its notes. */
  const paragraph = async (source, number, words = "") => {
    const { file: path, short, translated } = window.dossierPropose.sources[source];
    const { text } = await file(path);
    await load("quoted");
    const idLine = new RegExp(`^\\{:?\\s*#${number}[\\s}]`, "m").exec(text);
    if (!idLine) throw new Error(`${path} has no ${number}`);
    /** @type {(at: number) => number} */
    const blockStart = (at) => text.lastIndexOf("\n\n", at) + 2 || 0;
    const from = blockStart(idLine.index);
    const blocks = [{ label: `Paragraph ${number.slice(1)}`, start: from, end: idLine.index - 1, note: "" }];
    const marks = [...text.slice(from, idLine.index).matchAll(/\[\^([a-z0-9-]+)\]/g)].map(([, id]) => id);
    for (const id of marks) {
      const at = text.indexOf(`\n[^${id}]: `) + 1;
      const end = text.indexOf("\n\n", at);
      if (at) blocks.push({ label: `Note ${id}`, start: at + id.length + 5, end: end < 0 ? text.trimEnd().length : end, note: id });
    }
    const line = text.slice(0, from).split("\n").length;
    const areas = blocks.map(({ label, start, end }, n) => {
      const area = element("textarea", { id: `f-block-${n}`, rows: String(Math.min(14, Math.ceil((end - start) / 95) + 1)) });
      area.value = text.slice(start, end);
      area.addEventListener("input", changed);
      return { area, label, start, end };
    });
    const look = element("div", { class: "propose-look", hidden: "" });
    const breaks = element("div", {});
    const [first] = areas;
    /** @type {() => string} */
    const bare = () => first.area.value.replace(/\[\^[a-z0-9-]+\]/g, "");
    const plain = () => window.dossier.prose.parse(bare()).plain;
    const before = window.dossierPreviews.paragraphs[source][Number(number.slice(1)) - 1];
    const literal = window.dossierWording?.literal[source]?.[number];
    const node = element("div", { class: "propose-form" }, element("p", { class: "propose-help" }, `${short}, in `, element("code", {}, `${path}, line ${line}`), ". Links to entries stand as ", element("code", {}, "[words](actor:id)"), ", the marks of notes as ", element("code", {}, "[^id]"), "; leave them where they are."),
      ...(words ? [element("p", {}, "The words that you chose: ", element("q", {}, words))] : []),
      ...(literal ? [element("p", { class: "propose-help" }, element("b", {}, "Word for word the source has: "), ...chinese(literal))] : []),
      ...areas.map(({ area, label }, n) => element("div", { class: "propose-field" }, element("label", { for: `f-block-${n}` }, label), area)), look, breaks);
    if (words) setTimeout(() => { const at = first.area.value.indexOf(words); first.area.focus(); if (at >= 0) first.area.setSelectionRange(at, at + words.length); });
    /** @type {Change} */
    const one = {
      key: `paragraph:${source}#${number}`, path, how: "text", node,
      name: () => `${number} of ${short}`,
      text: () => areas.map(({ area }) => area.value).join("\n"),
      faults: () => {
        const { parse, standsIn } = window.dossier.prose;
        /** @type {Fault[]} */
        const faults = [];
        const now = plain();
        // What is checked after this, is checked against these words.
        window.dossierPreviews.paragraphs[source][Number(number.slice(1)) - 1] = now;
        for (const { area, label } of areas) {
          const prose = parse(area.value.replace(/\[\^[a-z0-9-]+\]/g, ""));
          for (const problem of translated ? prose.problems : []) faults.push({ path: [], message: `${label}: ${problem}` });
          for (const target of prose.links) {
            const wrong = window.dossierPropose.linked.includes(target.split(":")[0]) && window.dossier.check.unknown(target, added());
            if (wrong) faults.push({ path: [], message: `${label}: ${wrong}` });
          }
          if (/\]\([a-z]+:[a-z0-9-]+#/.test(area.value)) faults.push({ path: [], message: `${label}: cites a fact where the text is the author's; write it out` });
          if (/\n\s*\n/.test(area.value.trim())) faults.push({ path: [], message: `${label}: holds an empty line; a paragraph is one block` });
          if (!area.value.trim()) faults.push({ path: [], message: `${label}: is empty` });
          if (area.value.includes("TODO")) faults.push({ path: [], message: `${label}: is not translated yet (TODO)` });
        }
        if (parse(bare()).citations.length) faults.push({ path: [], message: "cites a paragraph; the translation itself cites nothing, put the citation into a note" });
        const kept = [...first.area.value.matchAll(/\[\^([a-z0-9-]+)\]/g)].map(([, id]) => id);
        for (const id of marks) if (!kept.includes(id)) faults.push({ path: [], message: `defines the note "[^${id}]", to which no paragraph refers; put [^${id}] in the text` });
        for (const id of kept) if (!marks.includes(id)) faults.push({ path: [], message: `refers to the note "[^${id}]", which is not defined; add it in the file` });
        // Quotations that the change breaks, and are not mended in the proposal.
        const broken = (window.dossierQuoted[source]?.[number] ?? []).filter(([key, quote]) => standsIn(quote, before) && !standsIn(quote, now) && !changes.some((other) => other.key === key && !other.text().includes(quote)));
        breaks.replaceChildren(...(broken.length ? [element("p", { class: "propose-warning" }, element("b", {}, `${broken.length === 1 ? "One quotation" : `${broken.length} quotations`} of these words`), ` would no longer stand here. Change ${broken.length === 1 ? "it" : "them"} in the same proposal, or leave that to the editors, whose command `, element("code", {}, "dossier requote"), " lists them:"),
          element("ul", {}, ...broken.map(([key, quote]) => { const found = today(quote, before, now); return element("li", {}, element("a", { href: addressOf(key), target: "_blank", rel: "noopener" }, ...chinese(nameOf(key))), ": ", element("q", {}, quote), found ? " → " : "", found ? element("q", {}, found) : "", " ", window.dossier.form.button("Change it too", () => begin(edited(key)), `Change it too: ${nameOf(key)}`)); })),
          element("p", { class: "propose-tools" }, window.dossier.form.button("Put today’s words into all of them", () => mend(broken, before, now)))] : []));
        if (broken.length) faults.push({ path: [], message: `breaks ${broken.length === 1 ? "a quotation" : `${broken.length} quotations`}; see below the text` });
        look.hidden = now === before;
        if (!look.hidden) look.replaceChildren(element("b", {}, "As it will look: "), ...window.dossier.prose.draw(bare(), source));
        return faults;
      },
      edits: () => areas.filter(({ area, start, end }) => area.value !== text.slice(start, end)).map(({ area, start, end }) => ({ start, end, put: area.value.replace(/\s+$/, "") })),
      title: () => `Change ${number} of ${short}`,
    };
    return one;
  };

  /** @type {(broken: [key: string, quote: string][], before: string, now: string) => Promise<void>} Puts today's words into what quotes others. */
  const mend = async (broken, before, now) => {
    for (const key of new Set(broken.map(([one]) => one))) {
      if (changes.some((other) => other.key === key)) continue;
      const one = await edited(key, broken.filter(([other]) => other === key).map(([, quote]) => [quote, today(quote, before, now)]));
      if (one.edits()?.length) changes.push(one);
    }
    tell();
  };

  /** @type {(path: string, title: string) => Promise<Change>} A file as it stands. */
  const wholeFile = async (path, title) => {
    const { text } = await file(path);
    const area = element("textarea", { id: "f-file", rows: "24", class: "propose-code", spellcheck: "true" });
    area.value = text;
    area.addEventListener("input", changed);
    return {
      key: `file:${path}`, path, how: "text", node: element("div", { class: "propose-form" }, element("div", { class: "propose-field" }, element("label", { for: "f-file" }, "The page’s text, in Markdown"), area)),
      name: () => title, text: () => area.value, faults: () => [],
      edits: () => (area.value === text ? [] : [{ start: 0, end: text.length, put: area.value.replace(/\s*$/, "\n") }]),
      title: () => `Change the page “${title}”`,
    };
  };

  // What depends on it

  /** What can be changed by its key, and what it is called. @typedef {{ key: string, name: string, nodes: () => (Node | string)[] }} Dependent */
  /** @type {(href: string, ...words: (Node | string)[]) => HTMLElement} */
  const away = (href, ...words) => element("a", { href: `${root}/${href}`, target: "_blank", rel: "noopener" }, ...words);
  /** @type {(key: string) => [needs: Dependent[], shows: Dependent[]]} What would lead nowhere without it, and what shows or leads to it by itself. */
  const dangling = (key) => {
    const found = window.dossierUses[key] ?? {};
    /** @type {(source: string, number: number) => Node} */
    const paragraphLink = (source, number) => away(`sources/${source}.html#p${number}`, `p${number}`);
    return [
      [
        ...(found.paragraphs ?? []).map(([source, number]) => ({ key: `paragraph:${source}#p${number}`, name: `p${number}`, nodes: () => ["the text, ", paragraphLink(source, number)] })),
        ...(found.notes ?? []).map(([source, number]) => ({ key: `paragraph:${source}#p${number}`, name: `p${number}`, nodes: () => ["a translators’ note on ", paragraphLink(source, number)] })),
        ...(found.entries ?? []).map((other) => ({ key: other.startsWith("source:") ? "" : other, name: nameOf(other), nodes: () => [element("a", { href: addressOf(other), target: "_blank", rel: "noopener" }, ...chinese(nameOf(other))), ` (${oneOf(other.split(":")[0])})`] })),
        ...(found.pages ?? []).map((page) => ({ key: `file:docs/${page}`, name: window.dossierPropose.pages[page], nodes: () => ["the page ", away(page.replace(/md$/, "html"), window.dossierPropose.pages[page])] })),
      ],
      [
        ...(found.lists ?? []).map((page) => ({ key: "", name: page, nodes: () => ["shown in ", away(page, page.replace(".html", "").replace(/-/g, " "))] })),
        ...(found.formerly ?? []).map((old) => ({ key: "", name: old, nodes: () => ["the former address ", element("code", {}, old), " leads here"] })),
      ],
    ];
  };
  /** @type {(key: string) => string[]} What nothing would name any more without it. */
  const orphaned = (key) => Object.entries(window.dossierUses).flatMap(([other, { entries = [], paragraphs = [], notes = [], pages = [] }]) => (other !== key && entries.length && entries.every((one) => one === key) && !paragraphs.length && !notes.length && !pages.length && (other.startsWith("reference:") || window.dossierPropose.linked.includes(other.split(":")[0])) ? [other] : []));

  /** @type {(key: string) => Node[]} */
  const dependents = (key) => {
    const [needs, shows] = dangling(key);
    const count = needs.length + shows.length;
    if (!(key.split(":")[0] in window.dossierPropose.kinds)) return [];
    if (!count) return [element("p", { class: "propose-help" }, "Nothing depends on it.")];
    return [element("details", { class: "propose-uses" }, element("summary", {}, `What depends on it: ${count} ${count === 1 ? "place" : "places"}`), element("ul", {}, ...[...needs, ...shows].map(({ nodes }) => element("li", {}, ...nodes()))))];
  };

  // The proposal as a whole

  /** @type {() => Map<string, { before: string | null, after: string | null }>} The files that it changes. */
  const files = () => {
    const found = new Map();
    /** @type {Map<string, { before: string | null, edits: TextEdit[], gone: boolean }>} */
    const by = new Map();
    for (const one of changes) {
      const known = by.get(one.path) ?? { before: window.dossierFiles?.[one.path]?.text ?? null, edits: [], gone: false };
      by.set(one.path, known);
      const edits = one.edits();
      if (edits === null) known.gone = true;
      else known.edits.push(...edits);
    }
    for (const [path, { before, edits, gone }] of by) {
      const after = gone ? null : window.dossier.yaml.apply(before ?? "", edits);
      if (after !== before && (before !== null || after)) found.set(path, { before, after });
    }
    return found;
  };

  const what = element("section", { class: "propose-what" });
  const parts = element("ul", { class: "propose-parts" });
  const status = element("div", { role: "status", class: "propose-status" });
  const diff = element("div", {});
  const ways = element("div", { class: "propose-ways" });
  const reason = element("textarea", { id: "f-why", rows: "3", "aria-describedby": "f-why-help" });
  reason.addEventListener("input", () => { why = reason.value; changed(); });

  let said = ""; // the proposal as it is shown, to leave alone what is the same: a click begun on it would be lost
  const changed = () => { taken = false; tell(); };

  const subject = () => { const [first, ...more] = changes.filter((one) => one.edits()?.length !== 0); return first ? `${first.title()}${more.length ? ` and ${more.length} more` : ""}` : "No change yet"; };

  const tell = () => {
    const found = files();
    const faults = changes.flatMap((one) => { const those = one.how === "edit" && !one.edits()?.length ? [] : one.faults(); one.form?.show(those, all); return those.map((fault) => ({ ...fault, one })); });
    const now = JSON.stringify([[...found], faults.map(({ path, message }) => [path, message]), why, changes.map((one) => one.key), changes.indexOf(/** @type {Change} */ (shown))]);
    if (now === said) return;
    said = now;
    if (!found.size) status.replaceChildren(element("p", {}, "Nothing is changed yet."));
    else if (!faults.length) status.replaceChildren(element("p", { class: "propose-good" }, "In order, as far as this page can tell. The project’s own check looks at what needs all the files, such as recurring words of the translation."));
    else {
      const list = element("ul", {}, ...faults.slice(0, 12).map(({ path, message, one }) => {
        const field = path.filter((step) => typeof step === "string").pop() ?? "";
        const go = window.dossier.form.button(`${changes.length > 1 ? `${one.name()}: ` : ""}${field ? `${field}: ` : ""}${message}`, async () => { if (shown !== one) show(one); all = true; tell(); one.form?.go(path); });
        go.classList.add("propose-fault-link");
        return element("li", {}, go);
      }), ...(faults.length > 12 ? [element("li", {}, `and ${faults.length - 12} more`)] : []));
      status.replaceChildren(element("p", { class: "propose-bad" }, `${faults.length === 1 ? "One thing is" : `${faults.length} things are`} still to be written or put right:`), list);
    }
    parts.replaceChildren(...(changes.length > 1 ? changes.map((one) => element("li", {}, window.dossier.form.button(one.title(), () => show(one)), ` ${one === shown ? "(shown)" : ""} `, window.dossier.form.button("Take back", () => { changes.splice(changes.indexOf(one), 1); if (shown === one) show(changes[0]); tell(); }, `Take back: ${one.title()}`))) : []));
    diff.replaceChildren(...[...found].map(([path, { before, after }]) => element("figure", { class: "propose-diff" }, element("figcaption", {}, element("code", {}, path), before === null ? ", a new file" : after === null ? ", deleted" : ""),
      element("pre", { tabindex: "0", "aria-label": `The change in ${path}` }, ...window.dossier.patch.hunks(before ?? "", after ?? "").flatMap(({ a, lines }) => [element("span", { class: "propose-at" }, `line ${a}\n`), ...lines.map(([sign, line]) => element("span", { class: sign === "+" ? "propose-plus" : sign === "-" ? "propose-minus" : "" }, ...[sign, " ", ...chinese(line.endsWith("\n") ? line : `${line}\n`)]))])))));
    deliver(found, faults.length);
  };

  /** @type {(found: ReturnType<typeof files>) => string} */
  const patchOf = (found) => `${subject()}\n\n${why.trim() ? `${why.trim().replace(/^(?=diff |--- |\+\+\+ |@@ )/gm, " ")}\n\n` : ""}Proposed from ${published ? addressNow() : site}.\n\n${[...found].map(([path, { before, after }]) => window.dossier.patch.patch(path, before, after)).join("")}`;
  const addressNow = () => `${published}propose.html${location.search}`;

  /** @type {(found: ReturnType<typeof files>, faults: number) => void} The ways to send it. */
  const deliver = (found, faults) => {
    ways.hidden = !found.size;
    if (!found.size) return;
    const { button } = window.dossier.form;
    const repository = document.querySelector("meta[name=dossier-repository]")?.content;
    const text = patchOf(found);
    const name = `${slug(subject()) || "change"}.patch`;
    const [title, body] = [encodeURIComponent(subject()), encodeURIComponent(`${why.trim()}\n\n\`\`\`diff\n${text.slice(text.indexOf("diff --git"))}\`\`\`\n`)];
    const leave = () => { taken = true; };
    /** @type {(href: string, words: string) => HTMLElement} */
    const out = (href, words) => { const link = element("a", { href, target: "_blank", rel: "external noopener noreferrer", class: "propose-button" }, words); link.addEventListener("click", leave); return link; };
    const save = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/x-patch" })), download: name, class: "propose-button propose-main" }, "Download the patch");
    save.addEventListener("click", leave);
    ways.querySelectorAll("a[download]").forEach((old) => URL.revokeObjectURL(/** @type {HTMLAnchorElement} */ (old).href));
    /** @type {HTMLElement[]} */
    const given = [];
    if (repository) {
      const [[path, { before, after }]] = found;
      if (found.size === 1) {
        const filled = `${repository}/new/main?filename=${encodeURIComponent(path)}&value=${encodeURIComponent(after ?? "")}&message=${title}`;
        if (before === null && filled.length < LONG) given.push(element("li", {}, out(filled, "Open the new file in the repository’s editor"), " It is filled in there; choose “Propose new file”."));
        else if (after === null) given.push(element("li", {}, out(`${repository}/delete/main/${path}`, "Open the deletion in the repository"), " and confirm it there."));
        else given.push(element("li", {}, button("Copy the whole file", async () => { if (await copy(after, `${path} as changed`)) leave(); }), " ", out(before === null ? `${repository}/new/main?filename=${encodeURIComponent(path)}` : `${repository}/edit/main/${path}`, "Open it in the repository’s editor"), ` The editor cannot be filled in from here${before === null ? " with so long a file" : ""}: copy first, select all that stands there, and paste.`));
      }
      const issue = `${repository}/issues/new?title=${title}&body=${body}`;
      given.push(element("li", {}, issue.length < LONG ? out(issue, "Open an issue with the change") : out(`${repository}/issues/new?title=${title}`, "Open an issue"), issue.length < LONG ? " It is filled in; nothing is sent before you send it there." : " and paste the patch into it; it is too long to be filled in."));
    }
    const mail = element("a", { href: `mailto:?subject=${title}&body=${encodeURIComponent(text).length < MAIL ? encodeURIComponent(text) : encodeURIComponent(`${why.trim()}\n\n(Attach the patch: ${name}, downloaded from the page.)\n`)}`, class: "propose-button" }, "Write a mail with it");
    mail.addEventListener("click", leave);
    given.push(element("li", {}, save, " ", button("Copy the patch", async () => { if (await copy(text, "the patch")) leave(); }), " ", mail, element("span", { class: "propose-help" }, repository ? " Whoever has a checkout applies it with " : " This copy does not know where the project’s repository is: send the patch to whom you have the edition from. It is applied with ", element("code", {}, `git apply ${name}`), ".")));
    ways.replaceChildren(element("h2", {}, "Send it"), ...(faults ? [element("p", { class: "propose-help" }, "It can be sent as it is; the editors then see what is still open.")] : []), element("ul", { class: "propose-list-plain" }, ...given));
  };

  // Beginning

  /** @type {(one: Change) => void} */
  const show = (one) => {
    shown = one;
    const { button } = window.dossier.form;
    const [kind, id] = one.key.split(":");
    const known = kind in window.dossierPropose.kinds && one.how !== "new";
    const page = known ? addressOf(one.key) : kind === "paragraph" ? `${root}/sources/${id.replace("#", ".html#")}` : "";
    what.replaceChildren(
      element("h2", { tabindex: "-1" }, ...chinese(one.how === "new" ? `A new ${oneOf(kind)}` : one.how === "delete" ? `Delete ${one.name()}` : one.name())),
      element("p", { class: "propose-tools" }, ...(page ? [element("a", { href: page }, "See it on its page")] : []),
        ...(one.how === "edit" ? [button(`Delete this ${oneOf(kind)} …`, () => { changes.splice(changes.indexOf(one), 1); begin(deleted(one.key)); })] : []),
        ...(one.how === "edit" && kind === "argument" ? [button("Answer this argument …", () => { changes.splice(changes.indexOf(one), 1); begin(fresh("argument", { attacks: [one.key] })); })] : [])),
      ...(known && one.how !== "delete" ? dependents(one.key) : []), one.node,
    );
    what.querySelector("h2")?.focus();
  };

  /** @type {(coming: Promise<Change>) => Promise<void>} */
  const begin = async (coming) => {
    try {
      const [one] = await Promise.all([coming, load("uses")]);
      const known = changes.find((other) => other.key === one.key && other.how !== "new");
      if (!known) changes.push(one);
      draw();
      show(known ?? one);
      tell();
    } catch {
      if (!shown) start();
      window.dossier.say("It could not be loaded: check the address and the connection, and try again");
    }
  };

  const chooser = () => {
    const { choose, offers, button } = window.dossier.form;
    const { kinds, pages } = window.dossierPropose;
    const every = () => [
      ...offers(Object.keys(kinds), []),
      ...Object.entries(window.dossierPreviews.works).map(([id, [title, publisher, date]]) => ({ value: `reference:${id}`, head: title, more: `work · ${publisher}, ${date}` })),
      ...Object.entries(kinds).flatMap(([kind, { files: listed }]) => Object.values(listed).flat().flatMap(([id, name]) => (name ? [{ value: `${kind}:${id}`, head: name, more: kind }] : []))),
      ...Object.entries(window.dossierPreviews.paragraphs).flatMap(([source, texts]) => texts.map((text, n) => ({ value: `paragraph:${source}#p${n + 1}`, head: `p${n + 1}`, more: text }))),
      ...Object.entries(pages).map(([path, title]) => ({ value: `file:docs/${path}`, head: title || path, more: "page" })),
    ];
    const kind = element("select", { id: "f-kind" }, ...Object.keys(kinds).map((one) => element("option", { value: one }, oneOf(one))));
    return element("p", { class: "propose-tools" },
      button(changes.length ? "Change something else too …" : "Choose what to change …", async () => { const key = await choose("What is to be changed?", every()); if (key) begin(open(key)); }),
      element("span", {}, element("label", { for: "f-kind" }, changes.length ? "or add too: " : "or add: "), kind, " ", button("Begin it", () => begin(fresh(kind.value)), "Begin it: a new entry of this kind")));
  };
  /** @type {(key: string) => Promise<Change>} */
  const open = (key) => {
    const [kind, rest] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    if (kind === "paragraph") return paragraph(.../** @type {[string, string]} */ (rest.split("#")));
    return kind === "file" ? wholeFile(rest, window.dossierPropose.pages[rest.replace("docs/", "")] || rest) : edited(key);
  };

  let drawn = false;
  const more = element("section", {});
  const draw = () => {
    more.replaceChildren(chooser());
    if (drawn) return;
    drawn = true;
    const lead = element("p", { class: "propose-lead" }, "Change what is wrong and look at the result; then send it, as a patch, an issue, or a mail. Nothing leaves this page before you send it, and no account here is needed.");
    place.replaceChildren(lead, element("div", { class: "propose-sides" }, element("div", {}, what), element("div", { class: "propose-result" },
      element("section", {}, element("h2", {}, "Your change"), parts, status, diff, more),
      element("section", { class: "propose-why" }, element("label", { for: "f-why" }, "Why, and what it rests on"), element("p", { class: "propose-help", id: "f-why-help" }, "For the editors: a source, a page, a quotation. It goes along with the change."), reason), ways)));
  };

  const start = () => {
    place.replaceChildren(element("p", { class: "propose-lead" }, "Correct, add, or delete something: choose what, change it in a form, look at the result, and send it as a patch, an issue, or a mail."), chooser());
  };

  /** @type {(at: string) => Promise<Change> | string} What an address of the site means; a kind where it is a whole list, or nothing. */
  const meant = (at) => {
    const [address, id = ""] = at.split("#");
    const page = address.replace(/(^|\/)$/, "$1index.html").replace(/(?<!\.html)$/, ".html").replace(/\.html\.html$/, ".html");
    const { kinds, sources, pages } = window.dossierPropose;
    const list = page.replace(/-\d+(?=\.html$)/, ""); // of a part of a list, the list
    const [, folder = "", name = ""] = /^(?:(.*)\/)?([^/]+)\.html$/.exec(page) ?? [];
    if (folder === "sources" && name in sources) return /^p\d+/.test(id) ? paragraph(name, id.split(/[-@]/)[0], new URLSearchParams(location.search).get("words") ?? "") : `source:${name}`;
    for (const [kind, { page: own, paged, files: listed }] of Object.entries(kinds)) {
      const ids = Object.values(listed).flat().map(([one]) => one);
      if (paged && own === `${folder}/index.html` && ids.includes(name)) return edited(`${kind}:${name}`);
      if (!paged && (own === page || own === list) && ids.includes(id)) return edited(`${kind}:${id}`);
      if (!paged && own === `${folder}.html` && ids.includes(name)) return edited(`${kind}:${name}`);
      if (own === page) return kind;
    }
    for (const [kind, { page: own }] of Object.entries(kinds)) if (own === list) return kind;
    const path = page.replace(/html$/, "md");
    return path in pages ? wholeFile(`docs/${path}`, pages[path] || path) : "";
  };

  /** @type {(kind: string) => void} A whole list: which of it, or a new one. */
  const list = (kind) => {
    const { choose, offers, button } = window.dossier.form;
    if (kind.startsWith("source:")) {
      const source = kind.slice(7);
      const texts = window.dossierPreviews.paragraphs[source].map((text, n) => ({ value: `paragraph:${source}#p${n + 1}`, head: `p${n + 1}`, more: text }));
      place.replaceChildren(element("p", { class: "propose-lead" }, "Which paragraph is to be changed?"), element("p", { class: "propose-tools" }, button("Choose the paragraph …", async () => { const key = await choose("Which paragraph?", texts); if (key) begin(open(key)); })), chooser());
      return;
    }
    const known = offers([kind], []);
    const { files: listed } = window.dossierPropose.kinds[kind];
    const those = known.length ? known : Object.values(listed).flat().map(([id]) => ({ value: `${kind}:${id}`, head: nameOf(`${kind}:${id}`), more: id }));
    place.replaceChildren(element("p", { class: "propose-lead" }, `Change ${article(kind)} of this list, or add one.`),
      element("p", { class: "propose-tools" }, button(`Choose ${article(kind)} …`, async () => { const key = await choose(`Which ${oneOf(kind)}?`, those); if (key) begin(edited(key)); }), button(`Add ${article(kind)}`, () => begin(fresh(kind)))), chooser());
  };

  addEventListener("beforeunload", (event) => { if (!taken && drawn && files().size) event.preventDefault(); });

  const begun = async () => {
    await Promise.all([styles(), load("propose"), load("previews"), load("wording"), run("js/propose-yaml"), run("js/propose-patch")]);
    await run("js/propose-prose").then(() => run("js/propose-check")).then(() => run("js/propose-form"));
    const given = new URLSearchParams(location.search);
    const kind = given.get("new");
    const at = given.get("at");
    if (kind && kind in window.dossierPropose.kinds) return begin(fresh(kind, given.has("attacks") ? { attacks: [given.get("attacks") ?? ""] } : {}));
    const found = given.has("entry") ? open(given.get("entry") ?? "") : at ? meant(at.includes("#") ? at : at + location.hash) : "";
    if (typeof found !== "string") return begin(found);
    return found ? list(found) : start();
  };
  place.replaceChildren(element("p", { role: "status" }, "The form is being made …"));
  begun().catch(() => place.replaceChildren(element("p", {}, "What the form needs could not be loaded: check the connection and load the page again. ", element("a", { href: `${root}/contribute.html` }, "Contribute"), " says which file holds what.")));
})();

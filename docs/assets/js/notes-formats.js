// A reader's notes as files, and files as notes: the W3C's Web Annotation (JSON-LD), its form for EPUB, Markdown with
// citations, plain text. Knows no page but the one whose address it is asked for.
//   https://www.w3.org/TR/annotation-model/   https://w3c.github.io/epub-specs/epub34/annotations/
(() => {
  "use strict";
  const { load, published, root } = window.dossier;
  const { quote, uuid } = window.dossier.notes;
  const { OWN } = window.dossier.noteStore;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;
  const HTML_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236";
  const TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/";

  /** @typedef {import("./notes-store.js").Note} Note */
  /** @typedef {import("./notes-anchor.js").Spot} Spot */

  const address = (page, at = "") => `${published ?? ""}${page}${at && `#${at}`}`;
  const bare = (note) => note.id.replace(/^.*\|/, ""); // a layer's notes are kept under its name
  const number = (at) => Number(/^p(\d+)$/.exec(at)?.[1] ?? 0);
  /** In the order of the pages and of the text. @param {Note[]} notes */
  const sorted = (notes) => [...notes].sort((a, b) => a.page.localeCompare(b.page) || number(a.spots[0].at) - number(b.spots[0].at) || a.created.localeCompare(b.created));

  // Out

  const motivation = (note, { whole }) => (note.body ? "commenting" : note.tags.length ? "tagging" : whole ? "bookmarking" : "highlighting");
  const textual = (value, purpose) => ({ type: "TextualBody", value, format: "text/plain", purpose });
  const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== "" && value?.length !== 0));

  /** @param {Spot} spot */
  const selector = ({ at, words, before, after }) => {
    const quoted = words && present({ type: "TextQuoteSelector", exact: words, prefix: before, suffix: after });
    return at ? present({ type: "FragmentSelector", conformsTo: HTML_FRAGMENT, value: at, refinedBy: quoted }) : quoted || undefined;
  };
  /** The wording on which a note was made, and those for which the reader has kept it. */
  const versions = (note, { at, revision }) => {
    const known = [revision, ...(note.kept ?? []).filter((one) => one.startsWith(`${at || "page"}@`))].filter(Boolean);
    return known.length > 1 ? known : known[0];
  };
  const target = (note, spot) => present({ source: address(note.page), selector: selector(spot), "schema:version": versions(note, spot) });

  /** @param {Note} note */
  const toAnnotation = (note) => {
    const targets = note.spots.map((spot) => target(note, spot));
    return present({
      id: bare(note),
      type: "Annotation",
      label: note.title,
      motivation: motivation(note, note.spots[0]),
      created: note.created,
      modified: note.modified,
      body: [...(note.body ? [textual(note.body, "commenting")] : []), ...note.tags.map((tag) => textual(tag, "tagging"))],
      target: targets.length === 1 ? targets[0] : targets,
    });
  };

  /** @param {Note[]} notes @param {string} name of the layer */
  const toCollection = (notes, name) => `${JSON.stringify({
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: `urn:uuid:${uuid()}`,
    type: "AnnotationCollection",
    label: name,
    total: notes.length,
    first: { id: `urn:uuid:${uuid()}`, type: "AnnotationPage", startIndex: 0, items: sorted(notes).map(toAnnotation) },
  }, null, 1)}\n`;

  // A text directive's own signs are written as codes.
  const coded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
  const directive = ({ words, before, after }) => `:~:text=${before ? `${coded(before)}-,` : ""}${coded(words)}${after ? `,-${coded(after)}` : ""}`;

  /** The form for EPUB, where an annotation has one target and one body: a note on several paragraphs is several. */
  const toSet = (notes, name) => `${JSON.stringify({
    "@context": "https://www.w3.org/ns/epub-anno.jsonld",
    id: `urn:uuid:${uuid()}`,
    type: "AnnotationSet",
    title: name,
    generated: new Date().toISOString(),
    about: present({ "dc:identifier": published ? [published] : [], "dc:title": site, "dc:format": "text/html" }),
    items: sorted(notes).flatMap((note) => note.spots.map((spot, at) => present({
      id: at ? `${bare(note)}#${at + 1}` : bare(note),
      type: "Annotation",
      motivation: note.body && !at ? "commenting" : spot.whole ? "bookmarking" : "highlighting",
      created: note.created,
      modified: note.modified,
      target: present({
        source: note.page,
        selector: [selector(spot), !spot.whole && spot.words.length < 300 && { type: "FragmentSelector", conformsTo: TEXT_FRAGMENT, value: directive(spot) }].filter(Boolean),
        "schema:version": versions(note, spot),
        meta: at ? undefined : { headings: [{ level: 1, txt: note.title }] },
      }),
      body: !at && (note.body || note.tags.length) ? present({ type: "TextualBody", value: note.body || " ", format: "text/plain", tags: note.tags, color: "yellow" }) : undefined,
    }))),
  }, null, 1)}\n`;

  /** @param {Note} note @returns {string} by which others find the words */
  const citation = (note) => {
    const [, source] = /^sources\/([\w-]+)\.html$/.exec(note.page) ?? [];
    const ids = note.spots.map(({ at }) => at);
    const wording = note.spots[0].revision ? ` Wording ${note.spots.map(({ revision }) => revision).join(", ")}.` : "";
    if (source && window.dossierPreviews.sources[source] && number(ids[0])) {
      return window.dossier.cite.ofText(source, ids.length > 1 ? `${ids[0]}-${ids.at(-1)}` : ids[0]).chicago + wording;
    }
    return `“${note.title}.” In ${site}.${published ? ` ${address(note.page, ids[0])}.` : ""}${wording}`;
  };
  const said = (note) => note.spots.filter(({ words }) => words).map(({ words }) => words);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  const toMarkdown = (notes, name) => {
    // What Markdown would take for a sign of its own.
    const plain = (text) => text.replace(/[\\`*_[\]<>#]/g, "\\$&");
    return `# ${plain(name)}\n\n${sorted(notes).map((note) => [
      `## ${published ? `[${plain(capital(note.title))}](${address(note.page, note.spots[0].at)})` : plain(capital(note.title))}`,
      said(note).map((words) => `> ${plain(words)}`).join("\n>\n"),
      plain(note.body),
      note.tags.length ? `Tags: ${note.tags.map(plain).join(", ")}` : "",
      plain(citation(note)).replace(/https?:\S+?(?=\.?(?:\s|$))/g, (link) => `<${link.replace(/\\/g, "")}>`),
    ].filter(Boolean).join("\n\n")).join("\n\n")}\n`;
  };
  const toText = (notes, name) => `${name}\n\n${sorted(notes).map((note) => [
    ...said(note).map(quote), note.body, note.tags.length ? `Tags: ${note.tags.join(", ")}` : "", `(${citation(note)})`,
  ].filter(Boolean).join("\n")).join("\n\n")}\n`;

  /** @type {Record<string, {name: string, ending: string, type: string, write: (notes: Note[], name: string) => string, cites: boolean}>} */
  const FORMATS = {
    annotation: { name: "Web Annotation (JSON-LD)", ending: "jsonld", type: "application/ld+json", write: toCollection, cites: false },
    epub: { name: "EPUB annotations", ending: "annotation", type: "application/ld+json", write: toSet, cites: false },
    markdown: { name: "Markdown, with citations", ending: "md", type: "text/markdown", write: toMarkdown, cites: true },
    text: { name: "Plain text, with citations", ending: "txt", type: "text/plain", write: toText, cites: true },
  };
  /** @param {string} format @param {Note[]} notes @param {string} name @returns {Promise<string>} */
  const written = async (format, notes, name) => {
    if (FORMATS[format].cites) await load("previews");
    return FORMATS[format].write(notes, name);
  };

  // In. What others write may have one or many of everything, and strings in place of objects.

  const many = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
  const string = (value) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : value?.value ?? value?.text ?? value?.["@value"] ?? value?.en ?? "");

  /** @param {unknown} data @returns {object[]} the annotations in a set, a collection, a page, a list, or alone */
  const annotations = (data) => {
    if (Array.isArray(data)) return data.flatMap(annotations);
    if (!data || typeof data !== "object") return [];
    const inner = data.items ?? data.first ?? data["@graph"] ?? data.resources;
    if (inner !== undefined) return annotations(inner);
    return data.target !== undefined ? [data] : [];
  };

  /** @param {string} source an address @returns {string} the page of this site that it means, as far as one can tell */
  const pageOf = (source) => {
    let path = String(source).split(/[?#]/)[0];
    if (published && path.startsWith(published)) return path.slice(published.length) || "index.html";
    try { path = decodeURIComponent(new URL(path, "https://none.invalid/").pathname); } catch { /* as it stands */ }
    const parts = path.split("/").filter(Boolean);
    const file = (parts.pop() ?? "index.html").replace(/\.x?html?$/, "").concat(".html");
    const folder = parts.at(-1);
    const folders = new Set(["sources", "glossary", ...window.dossier.kinds.map(([, [place]]) => place)]);
    if (folder && folders.has(folder)) return `${folder}/${file}`;
    return window.dossierPreviews?.sources[file.slice(0, -5)] ? `sources/${file}` : file;
  };

  /** What a selector and those that refine it say. */
  const readSelector = (found, given) => {
    for (const one of many(given)) {
      if (one.type === "TextQuoteSelector" && !found.words) Object.assign(found, { words: string(one.exact), before: string(one.prefix), after: string(one.suffix) });
      const id = one.type === "FragmentSelector" ? /^#?([\w-]+)$/.exec(string(one.value)) : one.type === "CssSelector" ? /^[\w]*#([\w-]+)/.exec(string(one.value)) : null;
      if (id && !found.at) [, found.at] = id;
      const text = one.type === "FragmentSelector" && /:~:text=(?:(.*?)-,)?([^,&]*)(?:,-(.*))?$/.exec(string(one.value));
      if (text && !found.words) Object.assign(found, { words: decodeURIComponent(text[2]), before: decodeURIComponent(text[1] ?? ""), after: decodeURIComponent(text[3] ?? "") });
      readSelector(found, one.refinedBy);
    }
    return found;
  };

  const blank = (text) => text.replace(/\s+/g, " ");
  /** @returns {{page: string, spot: Spot, kept: string[]}} */
  const readTarget = (given) => {
    const target = typeof given === "string" ? { source: given } : given;
    const source = string(typeof target.source === "object" ? target.source?.id : target.source ?? target.id);
    const found = readSelector({ at: "", words: "", before: "", after: "" }, target.selector);
    if (!found.at) found.at = /#([\w-]+)/.exec(source)?.[1] ?? "";
    const [revision, ...kept] = many(target["schema:version"]).filter((one) => typeof one === "string");
    const words = blank(found.words).trim();
    // Whole, if nothing says which words, or if they are all that stood there.
    const whole = !words || (revision !== undefined && window.dossier.anchor.revision(found.at, words) === revision);
    const spot = { at: found.at, whole, words, ...(whole ? {} : { before: blank(found.before), after: blank(found.after) }), ...(revision ? { revision } : {}) };
    return { page: pageOf(source), spot, kept };
  };

  /** @returns {{body: string, tags: string[]}} */
  const readBodies = (annotation) => {
    const texts = [];
    const tags = [];
    for (const one of [...many(annotation.bodyValue), ...many(annotation.body).flatMap((body) => (body?.items ? many(body.items) : [body]))]) {
      if (typeof one === "string") { texts.push(one); continue; }
      const text = string(one.value).trim() || string(one.source ?? one.id);
      if (many(one.purpose).includes("tagging")) tags.push(text);
      else if (text) texts.push(text);
      tags.push(...many(one.tags).map(string));
    }
    return { body: texts.join("\n\n"), tags: [...new Set(tags.filter(Boolean))] };
  };

  /** @param {object} annotation @returns {Note[]} one for each page that it is about */
  const readAnnotation = (annotation) => {
    const id = string(annotation.id) || `urn:uuid:${uuid()}`;
    const by = new Map();
    for (const { page, spot, kept } of many(annotation.target).filter(Boolean).map(readTarget)) {
      const one = by.get(page) ?? by.set(page, { spots: [], kept: [] }).get(page);
      one.spots.push(spot);
      one.kept.push(...kept);
    }
    const moment = (value) => (Number.isNaN(Date.parse(string(value))) ? undefined : string(value));
    return [...by].map(([page, { spots, kept }], at) => {
      const named = number(spots[0].at) ? `paragraph ${number(spots[0].at)}` : "";
      const title = string(annotation.label) || string(annotation.target?.meta?.headings?.[0]?.txt) || named || spots[0].at || page.replace(/\.html$/, "");
      return {
        id: at ? `${id}#page-${at + 1}` : id, layer: OWN, page, title, spots, ...readBodies(annotation),
        created: moment(annotation.created) ?? new Date(0).toISOString(),
        ...(moment(annotation.modified) ? { modified: moment(annotation.modified) } : {}),
        ...(kept.length ? { kept } : {}),
      };
    });
  };

  /** The parts of a note on several paragraphs, which the form for EPUB takes apart. */
  const joined = (notes) => {
    const whole = new Map();
    for (const note of notes) {
      const [, id] = /^(urn:uuid:.*)#\d+$/.exec(note.id) ?? [];
      const first = id && whole.get(id);
      if (!first || first.page !== note.page) { whole.set(note.id, note); continue; }
      first.spots.push(...note.spots);
      if (note.kept) first.kept = [...(first.kept ?? []), ...note.kept];
    }
    return [...whole.values()];
  };

  /**
   * The notes in a file.
   * @param {string} text
   * @param {string} file its name
   * @returns {Promise<{name: string, notes: Note[]}>} rejects with a word for the reader where there are none
   */
  const parsed = async (text, file) => {
    let data;
    try { data = JSON.parse(text); } catch { throw new Error(`${file} is not JSON: notes are opened from Web Annotation and EPUB annotation files`); }
    await load("previews").catch(() => {}); // by which pages are told; without it most are too
    const found = annotations(data);
    if (!found.length) throw new Error(`${file} holds no annotations`);
    const creator = found.map(({ creator: one }) => string(many(one)[0]?.name)).find(Boolean);
    return { name: string(data.label) || string(data.title) || creator || file.replace(/\.[^.]*$/, ""), notes: joined(found.flatMap(readAnnotation)) };
  };

  Object.assign(window.dossier.notes, { FORMATS, written, parsed, address, href: (note) => `${root}/${note.page}${note.spots[0].at && `#${note.spots[0].at}`}` });
})();

// A reader's notes as files, and files as notes: the W3C's Web Annotation (JSON-LD), its form for EPUB, Markdown with
// citations, plain text. It knows no page but the one whose address it is given.
//   https://www.w3.org/TR/annotation-model/   https://w3c.github.io/epub-specs/epub34/annotations/
(() => {
  "use strict";
  const { load, published, root } = window.dossier;
  const { quote, uuid } = window.dossier.notes;
  const { OWN } = window.dossier.noteStore;
  const site = document.querySelector("meta[name=dossier-site]")?.content ?? document.title;
  const HTML_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236";
  const TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/";

  /** @type {Notes["address"]} */
  const address = (page, at = "") => `${published ?? ""}${page}${at && `#${at}`}`;
  /** @type {(note: Note) => string} */
  const bare = (note) => note.id.replace(/^.*\|/, ""); // a layer's notes are kept under its name
  /** @type {(at: string) => number} */
  const number = (at) => Number(/^p(\d+)$/.exec(at)?.[1] ?? 0);
  /** @type {(notes: Note[]) => Note[]} In the order of the pages and of the text. */
  const sorted = (notes) => [...notes].sort((a, b) => a.page.localeCompare(b.page) || number(a.spots[0].at) - number(b.spots[0].at) || a.created.localeCompare(b.created));

  // Out

  /** @typedef {Record<string, unknown>} Fields */

  /** @type {(note: Note, spot: Spot) => string} */
  const motivation = (note, { whole }) => (note.body ? "commenting" : note.tags.length ? "tagging" : whole ? "bookmarking" : "highlighting");
  /** @type {(value: string, purpose: string) => Fields} */
  const textual = (value, purpose) => ({ type: "TextualBody", value, format: "text/plain", purpose });
  /** @type {(fields: Fields) => Fields} Those that say something. */
  const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && !value.length)));

  /** @type {(spot: Spot) => Fields | undefined} */
  const selector = ({ at, words, before, after }) => {
    const quoted = words ? present({ type: "TextQuoteSelector", exact: words, prefix: before, suffix: after }) : undefined;
    return at ? present({ type: "FragmentSelector", conformsTo: HTML_FRAGMENT, value: at, refinedBy: quoted }) : quoted;
  };
  /**
   * The wording on which a note was made, and those for which the reader has kept it.
   * @type {(note: Note, spot: Spot) => string | string[] | undefined}
   */
  const versions = (note, { at, revision }) => {
    const known = [...(revision ? [revision] : []), ...(note.kept ?? []).filter((one) => one.startsWith(`${at || "page"}@`))];
    return known.length > 1 ? known : known[0];
  };
  /** @type {(note: Note, spot: Spot) => Fields} */
  const target = (note, spot) => present({ source: address(note.page), selector: selector(spot), "schema:version": versions(note, spot) });

  /** @type {(note: Note) => Fields} */
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

  /** @type {(notes: Note[], name: string) => string} With the name of the layer. */
  const toCollection = (notes, name) => `${JSON.stringify({
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: `urn:uuid:${uuid()}`,
    type: "AnnotationCollection",
    label: name,
    total: notes.length,
    first: { id: `urn:uuid:${uuid()}`, type: "AnnotationPage", startIndex: 0, items: sorted(notes).map(toAnnotation) },
  }, null, 1)}\n`;

  // A text directive's own signs are written as codes.
  /** @type {(text: string) => string} */
  const coded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
  /** @type {(spot: Spot) => string} */
  const directive = ({ words, before, after }) => `:~:text=${before ? `${coded(before)}-,` : ""}${coded(words)}${after ? `,-${coded(after)}` : ""}`;

  /**
   * The form for EPUB, where an annotation has one target and one body: a note on several paragraphs is several.
   * @type {(notes: Note[], name: string) => string}
   */
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

  /** @type {(note: Note) => string} By which others find the words. */
  const citation = (note) => {
    const { cite } = window.dossier;
    const [, source] = /^sources\/([\w-]+)\.html$/.exec(note.page) ?? [];
    const ids = note.spots.map(({ at }) => at);
    const wording = note.spots[0].revision ? ` Wording ${note.spots.map(({ revision }) => revision).join(", ")}.` : "";
    if (cite && source && window.dossierPreviews.sources[source] && number(ids[0])) {
      return cite.ofText(source, ids.length > 1 ? `${ids[0]}-${ids.at(-1)}` : ids[0]).chicago + wording;
    }
    return `“${note.title}.” In ${site}.${published ? ` ${address(note.page, ids[0])}.` : ""}${wording}`;
  };
  /** @type {(note: Note) => string[]} */
  const said = (note) => note.spots.filter(({ words }) => words).map(({ words }) => words);
  /** @type {(text: string) => string} */
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** @type {(notes: Note[], name: string) => string} */
  const toMarkdown = (notes, name) => {
    // What Markdown would take for markup.
    /** @type {(text: string) => string} */
    const plain = (text) => text.replace(/[\\`*_[\]<>#]/g, "\\$&");
    return `# ${plain(name)}\n\n${sorted(notes).map((note) => [
      `## ${published ? `[${plain(capital(note.title))}](${address(note.page, note.spots[0].at)})` : plain(capital(note.title))}`,
      said(note).map((words) => `> ${plain(words)}`).join("\n>\n"),
      plain(note.body),
      note.tags.length ? `Tags: ${note.tags.map(plain).join(", ")}` : "",
      plain(citation(note)).replace(/https?:\S+?(?=\.?(?:\s|$))/g, (link) => `<${link.replace(/\\/g, "")}>`),
    ].filter(Boolean).join("\n\n")).join("\n\n")}\n`;
  };
  /** @type {(notes: Note[], name: string) => string} */
  const toText = (notes, name) => `${name}\n\n${sorted(notes).map((note) => [
    ...said(note).map(quote), note.body, note.tags.length ? `Tags: ${note.tags.join(", ")}` : "", `(${citation(note)})`,
  ].filter(Boolean).join("\n")).join("\n\n")}\n`;

  /** @type {Notes["FORMATS"]} */
  const FORMATS = {
    annotation: { name: "Web Annotation (JSON-LD)", ending: "jsonld", type: "application/ld+json", write: toCollection, cites: false },
    epub: { name: "EPUB annotations", ending: "annotation", type: "application/ld+json", write: toSet, cites: false },
    markdown: { name: "Markdown, with citations", ending: "md", type: "text/markdown", write: toMarkdown, cites: true },
    text: { name: "Plain text, with citations", ending: "txt", type: "text/plain", write: toText, cites: true },
  };
  /** @type {Notes["written"]} */
  const written = async (format, notes, name) => {
    if (FORMATS[format].cites) await load("previews");
    return FORMATS[format].write(notes, name);
  };

  // In. What others write may have one or many of everything, and strings in place of objects.

  /** @typedef {Json | undefined} Given */

  /** @type {(value: Given) => Json[]} */
  const many = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
  /** @type {(value: Given, ...names: string[]) => Given} What an object says under the first of the names that it has. */
  const get = (value, ...names) => {
    if (!value || typeof value !== "object" || Array.isArray(value)) return undefined;
    return names.map((name) => value[name]).find((found) => found !== undefined && found !== null);
  };
  /** @type {(value: Given) => string} */
  const string = (value) => {
    if (typeof value === "string" || typeof value === "number") return String(value);
    const inner = get(value, "value", "text", "@value", "en");
    return inner === undefined ? "" : string(inner);
  };

  /** @type {(data: Given) => Json[]} The annotations in a set, a collection, a page, a list, or alone. */
  const annotations = (data) => {
    if (Array.isArray(data)) return data.flatMap((one) => annotations(one));
    const inner = get(data, "items", "first", "@graph", "resources");
    if (inner !== undefined) return annotations(inner);
    return data && get(data, "target") !== undefined ? [data] : [];
  };

  /** @type {(source: string) => string} The page of this site that an address means, as far as one can tell. */
  const pageOf = (source) => {
    let path = source.split(/[?#]/)[0];
    if (published && path.startsWith(published)) return path.slice(published.length) || "index.html";
    try { path = decodeURIComponent(new URL(path, "https://none.invalid/").pathname); } catch { /* as it stands */ }
    const parts = path.split("/").filter(Boolean);
    const file = (parts.pop() ?? "index.html").replace(/\.x?html?$/, "").concat(".html");
    const folder = parts.at(-1);
    const folders = new Set(["sources", "glossary", ...window.dossier.kinds.map(([, [place]]) => place)]);
    if (folder && folders.has(folder)) return `${folder}/${file}`;
    return window.dossierPreviews?.sources[file.slice(0, -5)] ? `sources/${file}` : file;
  };

  /**
   * What a selector and those that refine it say.
   * @type {<T extends { at: string, words: string, before: string, after: string }>(found: T, given: Given) => T}
   */
  const readSelector = (found, given) => {
    for (const one of many(given)) {
      const type = get(one, "type");
      const value = string(get(one, "value"));
      if (type === "TextQuoteSelector" && !found.words) Object.assign(found, { words: string(get(one, "exact")), before: string(get(one, "prefix")), after: string(get(one, "suffix")) });
      const id = type === "FragmentSelector" ? /^#?([\w-]+)$/.exec(value) : type === "CssSelector" ? /^[\w]*#([\w-]+)/.exec(value) : null;
      if (id && !found.at) [, found.at] = id;
      const text = type === "FragmentSelector" ? /:~:text=(?:(.*?)-,)?([^,&]*)(?:,-(.*))?$/.exec(value) : null;
      if (text && !found.words) Object.assign(found, { words: decodeURIComponent(text[2]), before: decodeURIComponent(text[1] ?? ""), after: decodeURIComponent(text[3] ?? "") });
      readSelector(found, get(one, "refinedBy"));
    }
    return found;
  };

  /** @type {(text: string) => string} */
  const blank = (text) => text.replace(/\s+/g, " ");
  /** @type {(given: Json) => { page: string, spot: Spot, kept: string[] }} */
  const readTarget = (given) => {
    const named = typeof given === "string" ? given : get(given, "source", "id");
    const source = string(get(named, "id") ?? named);
    const found = readSelector({ at: "", words: "", before: "", after: "" }, get(given, "selector"));
    if (!found.at) found.at = /#([\w-]+)/.exec(source)?.[1] ?? "";
    const [revision, ...kept] = many(get(given, "schema:version")).filter((one) => typeof one === "string");
    const words = blank(found.words).trim();
    // Whole, if nothing says which words, or if they are all that stood there.
    const whole = !words || (revision !== undefined && window.dossier.anchor.revision(found.at, words) === revision);
    const spot = { at: found.at, whole, words, ...(whole ? {} : { before: blank(found.before), after: blank(found.after) }), ...(revision ? { revision } : {}) };
    return { page: pageOf(source), spot, kept };
  };

  /** @type {(annotation: Json) => { body: string, tags: string[] }} */
  const readBodies = (annotation) => {
    /** @type {string[]} */
    const texts = [];
    /** @type {string[]} */
    const tags = [];
    for (const one of [...many(get(annotation, "bodyValue")), ...many(get(annotation, "body")).flatMap((body) => many(get(body, "items") ?? body))]) {
      if (typeof one === "string") { texts.push(one); continue; }
      const text = string(get(one, "value")).trim() || string(get(one, "source", "id"));
      if (many(get(one, "purpose")).includes("tagging")) tags.push(text);
      else if (text) texts.push(text);
      tags.push(...many(get(one, "tags")).map(string));
    }
    return { body: texts.join("\n\n"), tags: [...new Set(tags.filter(Boolean))] };
  };

  /** @type {(annotation: Json) => Note[]} One for each page that it is about. */
  const readAnnotation = (annotation) => {
    const id = string(get(annotation, "id")) || `urn:uuid:${uuid()}`;
    /** @type {Map<string, { spots: Spot[], kept: string[] }>} */
    const by = new Map();
    for (const { page, spot, kept } of many(get(annotation, "target")).filter(Boolean).map(readTarget)) {
      const one = by.get(page) ?? { spots: [], kept: [] };
      one.spots.push(spot);
      one.kept.push(...kept);
      by.set(page, one);
    }
    /** @type {(name: string) => string | undefined} */
    const moment = (name) => {
      const value = string(get(annotation, name));
      return Number.isNaN(Date.parse(value)) ? undefined : value;
    };
    const [created = new Date(0).toISOString(), modified] = [moment("created"), moment("modified")];
    const [heading] = many(get(get(get(annotation, "target"), "meta"), "headings"));
    return [...by].map(([page, { spots, kept }], at) => {
      const named = number(spots[0].at) ? `paragraph ${number(spots[0].at)}` : "";
      const title = string(get(annotation, "label")) || string(get(heading, "txt")) || named || spots[0].at || page.replace(/\.html$/, "");
      return {
        id: at ? `${id}#page-${at + 1}` : id, layer: OWN, page, title, spots, ...readBodies(annotation), created,
        ...(modified ? { modified } : {}),
        ...(kept.length ? { kept } : {}),
      };
    });
  };

  /**
   * The parts of a note on several paragraphs, which the form for EPUB takes apart.
   * @type {(notes: Note[]) => Note[]}
   */
  const joined = (notes) => {
    /** @type {Map<string, Note>} */
    const whole = new Map();
    for (const note of notes) {
      const [, id] = /^(urn:uuid:.*)#\d+$/.exec(note.id) ?? [];
      const first = id ? whole.get(id) : undefined;
      if (!first || first.page !== note.page) { whole.set(note.id, note); continue; }
      first.spots.push(...note.spots);
      if (note.kept) first.kept = [...(first.kept ?? []), ...note.kept];
    }
    return [...whole.values()];
  };

  /** @type {Notes["parsed"]} */
  const parsed = async (text, file) => {
    /** @type {Json} */
    let data;
    try { data = JSON.parse(text); } catch { throw new Error(`${file} is not JSON: notes are opened from Web Annotation and EPUB annotation files`); }
    await load("previews").catch(() => {}); // by which pages are told; without it most are too
    const found = annotations(data);
    if (!found.length) throw new Error(`${file} holds no annotations`);
    const creator = found.map((one) => string(get(many(get(one, "creator"))[0], "name"))).find(Boolean);
    return { name: string(get(data, "label")) || string(get(data, "title")) || creator || file.replace(/\.[^.]*$/, ""), notes: joined(found.flatMap(readAnnotation)) };
  };

  /** @type {Notes["href"]} */
  const href = ({ page, spots: [{ at }] }) => `${root}/${page}${at && `#${at}`}`;
  Object.assign(window.dossier.notes, { FORMATS, written, parsed, address, href });
})();

// The list of one's notes: search, layers, files in and out, what one has read, and how all of it is cleared.
(() => {
  "use strict";
  const { element, say, copy, path, root, remember, recall, load } = window.dossier;
  const { PROBLEMS, FORMATS, store, draw, changed, put, written, parsed, href, clip, quote, edit } = window.dossier.notes;
  const { OWN } = window.dossier.noteStore;
  const PAGE = 100; // notes shown at a time
  const COLORS = 4; // of layers that are not one's own

  /** @type {(words: string, act: () => unknown, label?: string) => HTMLElement} */
  const button = (words, act, label) => {
    const made = element("button", { type: "button", ...(label ? { "aria-label": label } : {}) }, words);
    made.addEventListener("click", act);
    return made;
  };
  /** @type {(label: string, input: HTMLElement) => HTMLElement} */
  const labeled = (label, input) => element("label", { class: "own-field" }, element("span", {}, label), input);
  /** @type {(number: number, noun: string) => string} */
  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const dialog = element("dialog", { class: "cite-dialog own-dialog own-all", "aria-labelledby": "own-all-heading" });
  const parts = {
    kept: element("p", { class: "own-kept", "aria-live": "polite" }),
    search: element("input", { type: "search", autocomplete: "off" }),
    tag: element("select"),
    layer: element("select"),
    where: element("select", {}, element("option", { value: "" }, "on every page"), element("option", { value: "here" }, "on this page")),
    count: element("p", { role: "status" }),
    list: element("ol", { class: "own-list", tabindex: "0", "aria-label": "Notes" }),
    layers: element("ul", { class: "own-layers" }),
    opened: element("div", { role: "status" }),
    reading: element("ul", { class: "own-reading" }),
    later: element("button", { type: "button" }, "Put this page on the list"),
  };
  /** @type {Note[]} */
  let notes = [];
  /** @type {Layer[]} */
  let layers = [];
  let shown = PAGE;
  /** @type {WeakMap<Note, string>} By note all of its words. */
  const searched = new WeakMap();
  /** @type {(note: Note) => string} */
  const wordsOf = (note) => {
    const words = searched.get(note) ?? [note.title, note.body, ...note.tags, ...note.spots.map((spot) => spot.words)].join(" ").toLowerCase();
    searched.set(note, words);
    return words;
  };

  /** @type {(note: Note) => number} When it was last changed. */
  const moment = ({ created, modified }) => Date.parse(modified ?? created);

  /** Those that match the search and the filters. */
  const chosen = () => {
    const words = parts.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return notes.filter((note) => {
      if (parts.tag.value && !note.tags.includes(parts.tag.value)) return false;
      if (parts.layer.value && note.layer !== parts.layer.value) return false;
      if (parts.where.value && note.page !== path) return false;
      return words.every((word) => wordsOf(note).includes(word));
    });
  };

  /** @type {(note: Note) => HTMLElement} */
  const item = (note) => {
    const layer = layers.find(({ id }) => id === note.layer);
    const words = note.spots.map((spot) => spot.words).join(" ");
    const link = element("a", { href: href(note) }, note.title);
    link.addEventListener("click", () => dialog.close());
    const node = element("li", {}, link, element("span", { class: "own-by" }, layer && layer.id !== OWN ? ` · ${layer.name}` : ""), ...note.tags.map((tag) => element("span", { class: "own-tag" }, tag)));
    if (words && !(note.spots[0].whole && note.body)) node.append(element("p", { class: "own-words" }, quote(clip(words))));
    if (note.body) node.append(element("p", { class: "own-body" }, clip(note.body, 300)));
    if (note.layer === OWN && note.page === path) node.append(button("Edit", () => edit(note), `Edit your note on ${note.title}`));
    return node;
  };

  const list = () => {
    const found = chosen();
    parts.count.textContent = found.length === notes.length ? counted(notes.length, "note") : `${found.length} of ${counted(notes.length, "note")}`;
    parts.list.replaceChildren(...found.slice(0, shown).map(item));
    if (found.length > shown) parts.list.append(element("li", {}, button(`Show ${Math.min(PAGE, found.length - shown)} more`, () => { shown += PAGE; list(); })));
  };

  /** @type {(select: HTMLSelectElement, all: string, values: [id: string, name: string][]) => void} */
  const options = (select, all, values) => {
    const { value } = select;
    select.replaceChildren(element("option", { value: "" }, all), ...values.map(([id, name]) => element("option", { value: id }, name)));
    select.value = values.some(([id]) => id === value) ? value : "";
  };

  /** @type {(layer: Layer) => HTMLElement} */
  const layerItem = (layer) => {
    const own = notes.filter((note) => note.layer === layer.id);
    const shownBox = element("input", { type: "checkbox" });
    shownBox.checked = layer.shown;
    shownBox.addEventListener("change", async () => { await (await store()).putLayer({ ...layer, shown: shownBox.checked }); await draw(); await fill(); });
    const node = element("li", {}, element("label", {}, shownBox, " ", element("span", { class: "own-swatch", "data-color": String(layer.color) }), ` ${layer.name}`), element("span", {}, counted(own.length, "note")));
    if (layer.id !== OWN) {
      node.append(button("Remove", async () => { await (await store()).removeLayer(layer.id); await changed(); if (!(await store()).problem) say(`Removed: ${layer.name}`); }, `Remove the layer ${layer.name}`));
    }
    return node;
  };

  const fill = async () => {
    const kept = await store();
    [notes, layers] = [await kept.all(), await kept.layers()];
    notes.sort((a, b) => (b.modified ?? b.created).localeCompare(a.modified ?? a.created));
    options(parts.tag, "all tags", [...new Set(notes.flatMap(({ tags }) => tags))].sort().map((tag) => [tag, tag]));
    options(parts.layer, "all layers", layers.map(({ id, name }) => [id, name]));
    parts.layers.replaceChildren(...layers.map(layerItem));
    const disk = location.protocol === "file:" ? " Opened from a disk, some browsers keep each page’s notes apart: here you see those that this page can see." : "";
    const how = kept.problem ? PROBLEMS[kept.problem] : `They are kept in this browser alone, and nothing of them is ever sent anywhere.${disk}`;
    if (parts.kept.textContent !== how) parts.kept.textContent = how; // said aloud when it changes
    list();
    await reading();
  };

  // Out

  const output = () => {
    const format = element("select", {}, ...Object.entries(FORMATS).map(([id, { name }]) => element("option", { value: id }, name)));
    const asked = () => /** @type {NoteFormat} */ (format.value);
    const text = async () => {
      const found = chosen();
      const layer = layers.find(({ id }) => id === parts.layer.value) ?? (new Set(found.map(({ layer: id }) => id)).size === 1 ? layers.find(({ id }) => id === found[0].layer) : null);
      return written(asked(), found, layer?.name ?? "Notes");
    };
    const failed = () => say("What a citation needs could not be loaded: check the connection and try again");
    const save = button("Export to a file", async () => {
      const { ending, type } = FORMATS[asked()];
      const content = await text().catch(failed);
      if (!content) return;
      const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: `notes-${new Date().toISOString().slice(0, 10)}.${ending}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    });
    const clip1 = button("Copy", async () => { const content = await text().catch(failed); if (content) await copy(content, "your notes"); }, "Copy the notes in this format");
    return [labeled("Those listed above, as", format), element("p", { class: "own-tools" }, save, clip1)];
  };

  // In

  /** @type {Notes["take"]} */
  const take = async (files) => {
    parts.opened.replaceChildren();
    for (const file of files) {
      try {
        const { name, notes: found } = await parsed(await file.text(), file.name);
        const layer = async () => {
          const id = `layer-${window.dossier.notes.uuid()}`;
          const used = layers.map(({ color }) => color);
          const color = Array.from({ length: COLORS }, (_, at) => at + 1).find((one) => !used.includes(one)) ?? 1 + (layers.length % COLORS);
          await (await store()).putLayer({ id, name, color, shown: true, opened: new Date().toISOString() });
          await put(found.map((note) => ({ ...note, id: `${id}|${note.id}`, layer: id })));
          done(`“${name}” is shown as a layer of its own: ${counted(found.length, "note")}.`);
        };
        // What has been changed here since the file was written stays as it is.
        const mine = async () => {
          const own = new Map((await (await store()).all()).map((note) => [note.id, note]));
          const fresh = found.filter((note) => { const here = own.get(note.id); return !here || moment(note) > moment(here); });
          if (fresh.length) await put(fresh);
          const stay = found.length - fresh.length;
          done(`${counted(fresh.length, "note")} added to yours${stay ? `; ${counted(stay, "note")} you have already, as new or newer` : ""}.`);
        };
        const asked = element("p", {}, `“${name}” (${file.name}): ${counted(found.length, "note")}. `, button("Show as a layer of its own", () => layer()), " ", button("Add to your own notes", () => mine()));
        /** @type {(said: string) => void} */
        const done = (said) => { asked.textContent = said; say(said); };
        parts.opened.append(asked);
        asked.querySelector("button")?.focus();
      } catch (error) {
        parts.opened.append(element("p", { class: "own-said" }, error instanceof Error ? error.message : String(error)));
      }
    }
  };

  const input = () => {
    const file = element("input", { type: "file", multiple: "", accept: ".jsonld,.json,.annotation,application/ld+json,application/json" });
    file.addEventListener("change", () => { take([...file.files ?? []]); file.value = ""; });
    const zone = element("div", { class: "own-drop" }, labeled("Open a file of notes, yours or another’s, or drop it here", file), parts.opened);
    for (const type of ["dragenter", "dragover"]) dialog.addEventListener(type, (event) => { event.preventDefault(); zone.classList.add("over"); });
    for (const type of ["dragleave", "drop"]) dialog.addEventListener(type, () => zone.classList.remove("over"));
    dialog.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer?.files ?? []]); });
    return zone;
  };

  // What the reader has read, and means to read

  const LIST = "dossier-reading-list";
  /** @type {() => [page: string, title: string][]} */
  const readingList = () => { try { return JSON.parse(recall(LIST) ?? "[]") ?? []; } catch { return []; } };
  /** @type {() => Promise<void>} */
  const reading = async () => {
    const entries = readingList();
    /** @type {(next: [page: string, title: string][]) => Promise<void>} */
    const keep = (next) => { remember(LIST, next.length ? JSON.stringify(next) : null); return reading(); };
    const title = document.querySelector(".md-content__inner h1")?.textContent.replace("¶", "").trim() || document.title;
    const rows = entries.map(([page, name]) => element("li", {}, element("a", { href: `${root}/${page}` }, name), " ", button("Remove", () => keep(entries.filter(([other]) => other !== page)), `Remove ${name} from the reading list`)));
    const sources = await load("previews").then(() => Object.entries(window.dossierPreviews.sources), () => []);
    const places = sources.flatMap(([id, source]) => {
      const place = Number(recall(`dossier-place-${id}`));
      const read = window.dossier.ranges.read(recall(`dossier-read-${id}`)).size;
      if (!place && !read) return [];
      const total = window.dossierPreviews.paragraphs[id].length;
      return [element("li", {}, element("a", { href: `${root}/sources/${id}.html#p${place || 1}` }, `${source.title}: continue at paragraph ${place || 1}`), ` · ${read} of ${total} paragraphs read`)];
    });
    parts.reading.replaceChildren(...places, ...rows);
    if (!places.length && !rows.length) parts.reading.append(element("li", {}, "Nothing yet."));
    parts.later.hidden = entries.some(([page]) => page === path);
    parts.later.onclick = () => keep([...readingList(), [path, title]]);
  };

  /** Everything of the reader's that this site keeps in the browser, notes and what was read. */
  const clearAll = async () => {
    await (await store()).clear();
    /** @type {string[]} */
    let names = [];
    try { names = Object.keys(localStorage); } catch { /* nothing is kept there */ }
    for (const name of names) if (/^dossier-(?:place|read|reading|seen)\b/.test(name)) remember(name, null);
    await changed();
    if (!(await store()).problem) say("All of it is deleted from this browser");
  };

  const make = () => {
    document.body.append(dialog);
    for (const control of [parts.search, parts.tag, parts.layer, parts.where]) control.addEventListener("input", () => { shown = PAGE; list(); });
    dialog.append(
      element("h2", { id: "own-all-heading" }, "Your notes"), parts.kept,
      element("div", { class: "own-filters" }, labeled("Search", parts.search), labeled("Tag", parts.tag), labeled("Layer", parts.layer), labeled("Where", parts.where)),
      parts.count, parts.list, ...output(),
      element("h3", {}, "Layers"), parts.layers, input(),
      element("h3", {}, "Reading list"), parts.reading, element("p", { class: "own-tools" }, parts.later),
      element("h3", {}, "Delete"), element("p", {}, "All notes, layers, the reading list, and what you have read, from this browser, at once and for good. Export first what you want to keep."),
      element("p", { class: "own-tools" }, button("Delete everything", clearAll), button("Close", () => dialog.close())),
    );
  };

  /** @type {Notes["showList"]} */
  const showList = async (about = "") => {
    if (!dialog.isConnected) make();
    if (about) { parts.search.value = about; parts.where.value = "here"; }
    shown = PAGE;
    await fill();
    if (!dialog.open) dialog.showModal();
    if (!about) parts.search.focus();
  };

  /** @type {Notes["refresh"]} */
  const refresh = async () => { if (dialog.open) await fill(); };
  Object.assign(window.dossier.notes, { showList, take, refresh });
})();

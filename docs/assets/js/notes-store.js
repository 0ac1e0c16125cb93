// Where a reader's own notes are kept: in this browser (IndexedDB), and as long as the page is open where it keeps nothing.
(() => {
  "use strict";
  const NAME = "dossier-notes";
  const OWN = "own";

  /**
   * @typedef {object} Note
   * @property {string} id a URN
   * @property {string} layer whose it is: `own`, or that of a file that was opened
   * @property {string} page its path from the site's root: `sources/ID.html`
   * @property {string} title what the page's place is called: `paragraph 18`, `Nvidia`
   * @property {import("./notes-anchor.js").Spot[]} spots
   * @property {string} body what the reader says; empty for a highlight
   * @property {string[]} tags
   * @property {string} created
   * @property {string} [modified]
   * @property {string[]} [kept] revisions for which the reader has said that the note stays with its older wording
   */
  /** @typedef {{id: string, name: string, color: number, shown: boolean, opened?: string}} Layer */
  /**
   * @typedef {object} Store
   * @property {() => Promise<Note[]>} all
   * @property {(page: string) => Promise<Note[]>} on the notes on a page
   * @property {(notes: Note[]) => Promise<void>} put all of them or none
   * @property {(ids: string[]) => Promise<void>} remove
   * @property {() => Promise<Layer[]>} layers the reader's own first
   * @property {(layer: Layer) => Promise<void>} putLayer
   * @property {(id: string) => Promise<void>} removeLayer with its notes
   * @property {() => Promise<void>} clear everything, without a trace
   */

  const own = () => ({ id: OWN, name: "Your notes", color: 0, shown: true });
  const inOrder = (layers) => [...(layers.some(({ id }) => id === OWN) ? [] : [own()]), ...layers].sort((a, b) => a.color - b.color);

  /** @returns {Store} */
  const memory = () => {
    const notes = new Map();
    const layers = new Map();
    return {
      all: async () => [...notes.values()],
      on: async (page) => [...notes.values()].filter((note) => note.page === page),
      put: async (those) => those.forEach((note) => notes.set(note.id, note)),
      remove: async (ids) => ids.forEach((id) => notes.delete(id)),
      layers: async () => inOrder([...layers.values()]),
      putLayer: async (layer) => void layers.set(layer.id, layer),
      removeLayer: async (id) => {
        layers.delete(id);
        for (const note of [...notes.values()]) if (note.layer === id) notes.delete(note.id);
      },
      clear: async () => { notes.clear(); layers.clear(); },
    };
  };

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const answer = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

  const open = async () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const notes = request.result.createObjectStore("notes", { keyPath: "id" });
      notes.createIndex("page", "page");
      notes.createIndex("layer", "layer");
      request.result.createObjectStore("layers", { keyPath: "id" });
    };
    return answer(request);
  };

  /** @param {IDBDatabase} first @returns {Store} */
  const database = (first) => {
    let db = first;
    // Another page that clears everything is not kept waiting.
    const watch = () => { db.onversionchange = () => { db.close(); db = null; }; };
    watch();
    /** What is done in one transaction is done whole or not at all. */
    const within = async (mode, act) => {
      if (!db) { db = await open(); watch(); }
      const transaction = db.transaction(["notes", "layers"], mode);
      const done = new Promise((fine, failed) => {
        transaction.oncomplete = () => fine();
        transaction.onabort = () => failed(transaction.error ?? new Error("not kept"));
      });
      done.catch(() => {}); // told below
      const value = await act(transaction.objectStore("notes"), transaction.objectStore("layers"));
      if (mode === "readwrite") await done;
      return value;
    };
    return {
      all: () => within("readonly", (notes) => answer(notes.getAll())),
      on: (page) => within("readonly", (notes) => answer(notes.index("page").getAll(page))),
      put: (those) => within("readwrite", (notes) => { for (const note of those) notes.put(note); }),
      remove: (ids) => within("readwrite", (notes) => { for (const id of ids) notes.delete(id); }),
      layers: async () => inOrder(await within("readonly", (_, layers) => answer(layers.getAll()))),
      putLayer: (layer) => within("readwrite", (_, layers) => { layers.put(layer); }),
      removeLayer: (id) => within("readwrite", async (notes, layers) => {
        layers.delete(id);
        for (const key of await answer(notes.index("layer").getAllKeys(id))) notes.delete(key);
      }),
      clear: async () => {
        db?.close();
        db = null;
        await answer(indexedDB.deleteDatabase(NAME));
      },
    };
  };

  /**
   * The store, with what cannot be kept held as long as the page is open, and a word on it.
   * @returns {Promise<Store & {problem: string}>} `problem` is empty while everything is kept
   */
  const opened = async () => {
    const held = memory();
    let kept = null;
    try { kept = database(await open()); } catch { /* forbidden, or a private window of some browsers */ }
    const store = { ...(kept ?? held), problem: kept ? "" : "forbidden" };
    if (!kept) return store;
    const merged = (notes, over) => [...new Map([...notes, ...over].map((note) => [note.id, note])).values()];
    return Object.assign(store, {
      all: async () => merged(await kept.all(), await held.all()),
      on: async (page) => merged(await kept.on(page), await held.on(page)),
      put: async (notes) => {
        try {
          await kept.put(merged(await held.all(), notes)); // what was refused before is tried again
          await held.clear();
          store.problem = "";
        } catch (error) {
          await held.put(notes);
          store.problem = error?.name === "QuotaExceededError" ? "full" : "refused";
        }
      },
      remove: async (ids) => { await held.remove(ids); await kept.remove(ids); },
      removeLayer: async (id) => { await held.removeLayer(id); await kept.removeLayer(id); },
      clear: async () => { await held.clear(); await kept.clear(); store.problem = ""; },
    });
  };

  window.dossier.noteStore = { OWN, open: opened };
})();

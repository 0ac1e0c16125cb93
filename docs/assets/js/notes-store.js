// Where a reader's own notes are kept: in this browser (IndexedDB), and as long as the page is open where it keeps nothing.
(() => {
  "use strict";
  const NAME = "dossier-notes";
  const OWN = "own";

  /** @type {() => Layer} */
  const own = () => ({ id: OWN, name: "Your notes", color: 0, shown: true });
  /** @type {(layers: Layer[]) => Layer[]} */
  const inOrder = (layers) => [...(layers.some(({ id }) => id === OWN) ? [] : [own()]), ...layers].sort((a, b) => a.color - b.color);

  /** @type {() => KeptNotes} */
  const memory = () => {
    /** @type {Map<string, Note>} */
    const notes = new Map();
    /** @type {Map<string, Layer>} */
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

  /** @type {(first: IDBDatabase) => KeptNotes} */
  const database = (first) => {
    /** @type {IDBDatabase | null} */
    let db = null;
    // Another page that clears everything is not kept waiting.
    /** @type {(found: IDBDatabase) => IDBDatabase} */
    const watched = (found) => {
      db = found;
      found.onversionchange = () => { found.close(); db = null; };
      return found;
    };
    watched(first);
    /**
     * What is done in one transaction is done whole or not at all.
     * @type {<T>(mode: "readonly" | "readwrite", act: (notes: IDBObjectStore, layers: IDBObjectStore) => T | Promise<T>) => Promise<T>}
     */
    const within = async (mode, act) => {
      const transaction = (db ?? watched(await open())).transaction(["notes", "layers"], mode);
      /** @type {Promise<void>} */
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
   * @type {() => Promise<NoteStore>}
   */
  const opened = async () => {
    const held = memory();
    const kept = await open().then(database, () => null); // forbidden, or a private window of some browsers
    if (!kept) return { ...held, problem: "forbidden" };
    /** @type {(notes: Note[], over: Note[]) => Note[]} */
    const merged = (notes, over) => [...new Map([...notes, ...over].map((note) => [note.id, note])).values()];
    /** @type {NoteStore} */
    const store = {
      ...kept,
      problem: "",
      all: async () => merged(await kept.all(), await held.all()),
      on: async (page) => merged(await kept.on(page), await held.on(page)),
      put: async (notes) => {
        try {
          await kept.put(merged(await held.all(), notes)); // what was refused before is tried again
          await held.clear();
          store.problem = "";
        } catch (error) {
          await held.put(notes);
          store.problem = error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "refused";
        }
      },
      remove: async (ids) => { await held.remove(ids); await kept.remove(ids); },
      removeLayer: async (id) => { await held.removeLayer(id); await kept.removeLayer(id); },
      clear: async () => { await held.clear(); await kept.clear(); store.problem = ""; },
    };
    return store;
  };

  window.dossier.noteStore = { OWN, open: opened };
})();
